/** Copies of a SQLite database: made where nobody has it open, and judged. */
import * as SqlClient from "@effect/sql/SqlClient"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Effect from "effect/Effect"
import * as SqliteDatabase from "./SqliteDatabase.ts"
import { unavailable } from "./SqliteFailure.ts"

const using = <A, E>(
  options: SqliteDatabase.Options,
  use: (sql: SqlClient.SqlClient) => Effect.Effect<A, E>
) =>
  Effect.flatMap(SqlClient.SqlClient, use).pipe(
    Effect.mapError((error) =>
      error instanceof EventStoreUnavailable ? error : unavailable(options.name)(error)
    ),
    Effect.provide(SqliteDatabase.layer(options))
  )

/** Writes a copy to a file that must not exist. Fails as in use when a process has the database open. */
export const make = (
  options: SqliteDatabase.Options,
  to: string
): Effect.Effect<void, EventStoreUnavailable> =>
  using(options, (sql) => Effect.asVoid(sql.unsafe("VACUUM INTO ?", [to])))

/** The newest step of each table of migrations. */
export type Migrated = Readonly<Record<string, number>>

const migrated = (sql: SqlClient.SqlClient) =>
  Effect.gen(function*() {
    const tables = yield* sql<{ readonly name: string }>`
      SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%\\_migrations' ESCAPE '\\'`
    const newest = yield* Effect.forEach(tables, ({ name }) =>
      Effect.map(
        sql<{ readonly newest: number }>`SELECT coalesce(max(migration_id), 0) AS newest FROM ${sql(name)}`,
        ([row]) => [name, row?.newest ?? 0] as const
      ))
    const steps: Migrated = Object.fromEntries(newest)
    return steps
  })

/** Reads every page of a copy, fails as corrupt when one is damaged, and leaves it as one plain file. */
export const inspect = (options: SqliteDatabase.Options): Effect.Effect<Migrated, EventStoreUnavailable> =>
  using(options, (sql) =>
    Effect.gen(function*() {
      const found = yield* sql<{ readonly integrity_check: string }>`PRAGMA integrity_check(3)`
      const damage = found.map((row) => row.integrity_check).filter((text) => text !== "ok")
      if (damage.length > 0) {
        return yield* new EventStoreUnavailable({
          store: options.name,
          reason: "corrupt",
          detail: damage.join("; ")
        })
      }
      const steps = yield* migrated(sql)
      yield* sql.unsafe("PRAGMA journal_mode = DELETE")
      return steps
    }))
