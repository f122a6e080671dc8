/** The databases that a context may live on, for suites that run on each. */
import type * as SqlClient from "@effect/sql/SqlClient"
import type { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import type { EventStore, EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import type { ParkedEvents } from "@saucier/eventsourcing/ParkedEvents"
import * as PostgresStore from "@saucier/eventstore-sql/PostgresStore"
import * as SqliteStore from "@saucier/eventstore-sql/SqliteStore"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Folder from "../../eventstore-sql/test/Folder.ts"
import * as PostgresServer from "../../eventstore-sql/test/PostgresServer.ts"

export type Database = Layer.Layer<
  SqlClient.SqlClient | Checkpoints | EventStore | ParkedEvents,
  EventStoreUnavailable
>

export interface Engine {
  readonly name: string
  /** A database of one's own, which every build of the layer opens as a process of its own would. */
  readonly database: Effect.Effect<Database, never, Scope.Scope>
  /** The same, open once. */
  readonly fresh: Database
}

const engine = (name: string, database: Engine["database"]): Engine => ({
  name,
  database,
  fresh: Layer.unwrapScoped(database)
})

export const sqlite: Engine = {
  ...engine(
    "SQLite",
    Effect.map(
      Folder.temporary,
      (folder) => SqliteStore.layer({ filename: `${folder}/test.db`, name: "test" })
    )
  ),
  fresh: SqliteStore.layer({ filename: ":memory:", name: "test" })
}

let built = 0

/** Called once by a file, at its top: it starts a server for all of its tests. */
export const postgres = (): Engine => {
  const server = PostgresServer.shared()
  return engine(
    "PostgreSQL",
    Effect.map(PostgresServer.PostgresServer, ({ url }) => {
      built++
      return PostgresStore.layer({ url, name: `test_${built}`, maxConnections: 4 })
    }).pipe(Effect.provide(server))
  )
}
