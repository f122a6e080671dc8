/** Which database a context has, by its settings. The layer of one context is one value, so all share its connection. */
import type { Sharding } from "@effect/cluster/Sharding"
import * as Path from "@effect/platform/Path"
import type { EventStore, EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as EventStoreCluster from "@saucier/eventsourcing/EventStoreCluster"
import * as EventStorePostgres from "@saucier/eventstore-sql/EventStorePostgres"
import * as PostgresDatabase from "@saucier/eventstore-sql/PostgresDatabase"
import * as PostgresStore from "@saucier/eventstore-sql/PostgresStore"
import * as SqliteStore from "@saucier/eventstore-sql/SqliteStore"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import * as ContextDatabase from "./ContextDatabase.ts"
import { Settings } from "./Settings.ts"
import * as StoreReadiness from "./StoreReadiness.ts"

const sqlite = (name: string, filename: string, synchronous: "FULL" | "NORMAL") =>
  StoreReadiness.layer(name).pipe(Layer.provideMerge(SqliteStore.layer({ filename, name, synchronous })))

const postgres = (name: string, url: Redacted.Redacted) =>
  StoreReadiness.layer(name).pipe(Layer.provideMerge(PostgresStore.layer({ url, name })))

export const context = (name: ContextDatabase.Context) =>
  Layer.unwrapEffect(Effect.gen(function*() {
    const { sqliteSynchronous } = yield* Settings
    const database = yield* ContextDatabase.of(name)
    return database.engine === "sqlite"
      ? sqlite(name, database.file, sqliteSynchronous)
      : postgres(name, database.url)
  }))

/** The log of a context that another process hosts, to be read: from its server, or through the cluster when it is a file. */
export const feed = (
  name: ContextDatabase.Context
): Layer.Layer<EventStore, EventStoreUnavailable, Settings | Sharding> =>
  Layer.unwrapEffect(Effect.gen(function*() {
    const database = yield* ContextDatabase.of(name)
    if (database.engine === "sqlite") return EventStoreCluster.layer(name)
    const options = { url: database.url, name, maxConnections: 2 }
    return EventStorePostgres.layer(options).pipe(Layer.provide(PostgresDatabase.layer(options)))
  }))

/** Where the stand-in provider keeps its own books, apart from every context's. */
export const provider = Layer.unwrapEffect(Effect.gen(function*() {
  const settings = yield* Settings
  const path = yield* Path.Path
  return sqlite("provider", path.join(settings.dataDir, "provider.db"), settings.sqliteSynchronous)
}))
