/** Many rows in one statement, as the one parameter of a JSON array: alike on SQLite and PostgreSQL but for their functions. */
import type * as SqlClient from "@effect/sql/SqlClient"
import type { Fragment } from "@effect/sql/Statement"

export type ColumnType = "text" | "integer" | "bigint" | "double precision"

export interface JsonRows {
  /** A table of one column, `value`, for FROM: the elements of an array of arrays or objects. */
  readonly elements: (rows: ReadonlyArray<unknown>) => Fragment
  /** The same for an array of texts. */
  readonly texts: (texts: ReadonlyArray<string>) => Fragment
  /** A field of `value`, in SQL: the name of a property, or the index in an array. */
  readonly field: (name: string | number, type: ColumnType) => string
}

const pathOf = (name: string | number) => typeof name === "number" ? `${name}` : `'${name}'`

const sqlite = (sql: SqlClient.SqlClient): JsonRows => {
  const each = (rows: ReadonlyArray<unknown>) => sql`json_each(${JSON.stringify(rows)})`
  return { elements: each, texts: each, field: (name) => `value ->> ${pathOf(name)}` }
}

const postgres = (sql: SqlClient.SqlClient): JsonRows => ({
  elements: (rows) => sql`jsonb_array_elements(${JSON.stringify(rows)}::jsonb) AS element (value)`,
  texts: (texts) => sql`jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb) AS element (value)`,
  field: (name, type) => `(value ->> ${pathOf(name)})::${type}`
})

export const make = (sql: SqlClient.SqlClient): JsonRows =>
  sql.onDialectOrElse({ pg: () => postgres(sql), orElse: () => sqlite(sql) })
