/** The tables of a read model, on the engine that its context lives on. */
import * as Migrator from "@effect/sql/Migrator"
import * as SqlClient from "@effect/sql/SqlClient"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as ReadModelFailure from "@saucier/eventsourcing/ReadModelFailure"
import * as Effect from "effect/Effect"

type Migrations = Parameters<typeof Migrator.fromRecord>[0]

export const tableOf = (store: string) => `${store}_migrations`

/**
 * The migrator looks for its table and then makes it, which several processes that begin at once would all do. Once it
 * is there, the migrator locks it.
 */
const ensureTable = (sql: SqlClient.SqlClient, table: string) =>
  sql.withTransaction(Effect.zipRight(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ${table}, 0))`,
    sql`
      CREATE TABLE IF NOT EXISTS ${sql(table)} (
        migration_id integer PRIMARY KEY,
        created_at timestamp with time zone NOT NULL DEFAULT now(),
        name text NOT NULL
      )`
  ))

/** Brings the tables up to date; cheap when they are. The migrator dies of a step that fails. */
export const make = (
  store: string,
  migrations: { readonly sqlite: Migrations; readonly postgres: Migrations }
): Effect.Effect<void, EventStoreUnavailable, SqlClient.SqlClient> =>
  Effect.flatMap(SqlClient.SqlClient, (sql) => {
    const table = tableOf(store)
    const run = (steps: Migrations) => Migrator.make({})({ loader: Migrator.fromRecord(steps), table })
    return sql.onDialectOrElse({
      pg: () => Effect.zipRight(ensureTable(sql, table), run(migrations.postgres)),
      orElse: () => run(migrations.sqlite)
    })
  }).pipe(
    Effect.catchAllDefect((cause) => Effect.fail({ cause })),
    ReadModelFailure.typed(store),
    Effect.asVoid
  )
