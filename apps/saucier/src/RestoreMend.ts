/**
 * Stores that came back from different instants, made to go on together: each checkpoint stands in the log that it
 * follows, and a dashboard that has seen more than the logs hold starts over.
 */
import * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import { follows } from "@saucier/assembly/Subscriptions"
import * as DashboardReset from "@saucier/dashboard/DashboardReset"
import { type Position, start } from "@saucier/eventsourcing/Event"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as PostgresDatabase from "@saucier/eventstore-sql/PostgresDatabase"
import * as PostgresFailure from "@saucier/eventstore-sql/PostgresFailure"
import * as PostgresMigrations from "@saucier/eventstore-sql/PostgresMigrations"
import * as RestoredCheckpoints from "@saucier/eventstore-sql/RestoredCheckpoints"
import * as RestoredLog from "@saucier/eventstore-sql/RestoredLog"
import * as SqliteDatabase from "@saucier/eventstore-sql/SqliteDatabase"
import * as SqliteFailure from "@saucier/eventstore-sql/SqliteFailure"
import * as SqliteMigrations from "@saucier/eventstore-sql/SqliteMigrations"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import type { Context } from "./BackupStores.ts"
import * as MigrateStores from "./MigrateStores.ts"

/** One context's database, and how its engine is asked. */
export interface Database {
  readonly layer: Layer.Layer<SqlClient.SqlClient, EventStoreUnavailable>
  readonly migrate: Effect.Effect<void, unknown, SqlClient.SqlClient>
  readonly log: Effect.Effect<RestoredLog.RestoredLog, SqlError, SqlClient.SqlClient>
  readonly failure: (error: unknown) => EventStoreUnavailable
}

/** Each context's database, where there is one. */
export type Databases = ReadonlyMap<Context, Database>

/** `preparing` is how many deliveries had not left the house. */
export interface Mended {
  readonly clamped: number
  readonly refolded: boolean
  readonly preparing: number
}

const preparing = Effect.flatMap(SqlClient.SqlClient, (sql) =>
  Effect.map(
    sql<{ readonly count: number }>`
      SELECT CAST(count(*) AS integer) AS count FROM delivery_view WHERE status = 'Preparing'`,
    ([row]) => row?.count ?? 0
  ))

/** A context without a database has an empty log. */
const nothing: RestoredLog.RestoredLog = { place: () => start }

export const file = (store: Context, filename: string): Database => ({
  layer: SqliteDatabase.layer({ filename, name: store }),
  migrate: Effect.zipRight(SqliteMigrations.migrate(store), MigrateStores.readModel(store)),
  log: RestoredLog.sqlite,
  failure: SqliteFailure.unavailable(store)
})

export const server = (store: Context, url: Redacted.Redacted): Database => {
  const options = { url, name: store, maxConnections: 2 }
  return {
    layer: PostgresDatabase.client(options),
    migrate: Effect.zipRight(PostgresMigrations.migrate(options), MigrateStores.readModel(store)),
    log: RestoredLog.postgres,
    failure: PostgresFailure.unavailable(store)
  }
}

const using = <A, E>({ failure, layer }: Database, use: Effect.Effect<A, E, SqlClient.SqlClient>) =>
  use.pipe(
    Effect.mapError((error) => error instanceof EventStoreUnavailable ? error : failure(error)),
    Effect.provide(layer)
  )

export const run = (databases: Databases): Effect.Effect<Mended, EventStoreUnavailable> =>
  Effect.gen(function*() {
    const logs = new Map<string, RestoredLog.RestoredLog>()
    const checkpoints = new Map<Context, ReadonlyMap<string, Position>>()
    for (const [store, database] of databases) {
      yield* using(database, database.migrate)
      logs.set(store, yield* using(database, database.log))
      checkpoints.set(store, yield* using(database, RestoredCheckpoints.all))
    }
    let clamped = 0
    let refolded = false
    for (const [store, database] of databases) {
      const moved = Array.from(checkpoints.get(store) ?? []).flatMap(([name, position]) => {
        const log = follows[name]
        if (log === undefined) return []
        const place = (logs.get(log) ?? nothing).place(position)
        return place === position ? [] : [[name, place] as const]
      })
      clamped += moved.length
      if (moved.length === 0) continue
      yield* using(
        database,
        Effect.forEach(moved, ([name, place]) => RestoredCheckpoints.set(name, place))
      )
      if (store !== "dashboard") continue
      yield* using(database, DashboardReset.reset)
      refolded = true
    }
    const delivery = databases.get("delivery")
    return {
      clamped,
      refolded,
      preparing: delivery === undefined ? 0 : yield* using(delivery, preparing)
    }
  })
