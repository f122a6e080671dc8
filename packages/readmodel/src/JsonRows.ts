/** Many rows in one statement, as the one parameter of a JSON array: alike on SQLite and PostgreSQL but for their functions. */
import type * as SqlClient from "@effect/sql/SqlClient"
import type { Fragment } from "@effect/sql/Statement"

export type ColumnType = "text" | "integer" | "bigint" | "double precision"

export interface JsonRows {
  /** A table of one column, `value`, for FROM: the elements of an array of arrays or objects. */
  readonly elements: (rows: ReadonlyArray<unknown>) => Fragment
  /**
   * Whether a column is one of some texts. On PostgreSQL by an array, which goes by the index whatever the planner believes
   * of a table that has just been made; a join would read all of it.
   */
  readonly among: (column: string, texts: ReadonlyArray<string>) => Fragment
  /** A field of `value`, in SQL: the name of a property, or the index in an array. */
  readonly field: (name: string | number, type: ColumnType) => string
}

const pathOf = (name: string | number) => typeof name === "number" ? `${name}` : `'${name}'`

const sqlite = (sql: SqlClient.SqlClient): JsonRows => ({
  elements: (rows) => sql`json_each(${JSON.stringify(rows)})`,
  among: (column, texts) => sql`${sql(column)} IN (SELECT value FROM json_each(${JSON.stringify(texts)}))`,
  field: (name) => `value ->> ${pathOf(name)}`
})

const postgres = (sql: SqlClient.SqlClient): JsonRows => ({
  elements: (rows) => sql`jsonb_array_elements(${JSON.stringify(rows)}::jsonb) AS element (value)`,
  among: (column, texts) =>
    sql`${sql(column)} = ANY (ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb)))`,
  field: (name, type) => `(value ->> ${pathOf(name)})::${type}`
})

export const make = (sql: SqlClient.SqlClient): JsonRows =>
  sql.onDialectOrElse({ pg: () => postgres(sql), orElse: () => sqlite(sql) })
