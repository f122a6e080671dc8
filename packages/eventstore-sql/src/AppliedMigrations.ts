/** Which steps a database has, as its tables of migrations say. Changes nothing. */
import * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import * as Effect from "effect/Effect"

/** Numbers of the steps by table; a table that is not there has none. */
export type AppliedMigrations = Readonly<Record<string, ReadonlyArray<number>>>

const isThere = (sql: SqlClient.SqlClient, table: string) =>
  Effect.map(
    sql.onDialectOrElse({
      pg: () => sql`SELECT WHERE to_regclass(${table}) IS NOT NULL`,
      orElse: () => sql`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ${table}`
    }),
    (rows) => rows.length > 0
  )

const stepsOf = (sql: SqlClient.SqlClient, table: string) =>
  Effect.if(isThere(sql, table), {
    onTrue: () =>
      Effect.map(
        sql<{ readonly step: number }>`SELECT migration_id AS step FROM ${sql(table)} ORDER BY migration_id`,
        (rows): ReadonlyArray<number> => rows.map(({ step }) => step)
      ),
    onFalse: () => Effect.succeed<ReadonlyArray<number>>([])
  })

export const of = (
  tables: ReadonlyArray<string>
): Effect.Effect<AppliedMigrations, SqlError, SqlClient.SqlClient> =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const found = yield* Effect.forEach(
      tables,
      (table) => Effect.map(stepsOf(sql, table), (steps) => [table, steps] as const)
    )
    return Object.fromEntries(found)
  })
