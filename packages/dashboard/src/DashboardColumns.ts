/** Between rows of the table and facets: the one place that knows the columns. */
import type * as SqlClient from "@effect/sql/SqlClient"
import * as JsonRows from "@saucier/readmodel/JsonRows"
import type { DashboardState } from "./Dashboard.ts"
import type { OrderFacets } from "./OrderFacets.ts"

export interface StoredRow extends OrderFacets {
  readonly seq: number
  readonly state: DashboardState
}

const columns: ReadonlyArray<readonly [column: string, type: JsonRows.ColumnType, field: keyof StoredRow]> = [
  ["order_id", "text", "orderId"],
  ["seq", "bigint", "seq"],
  ["state", "text", "state"],
  ["branch_id", "text", "branchId"],
  ["sauce_id", "text", "sauceId"],
  ["qty", "integer", "qty"],
  ["price", "bigint", "price"],
  ["order_version", "integer", "orderVersion"],
  ["order_status", "text", "orderStatus"],
  ["resume", "text", "resume"],
  ["payment_version", "integer", "paymentVersion"],
  ["payment_status", "text", "paymentStatus"],
  ["delivery_version", "integer", "deliveryVersion"],
  ["delivery_status", "text", "deliveryStatus"],
  ["updated_at", "double precision", "updatedAt"]
]

/** A row as the JSON array that `values` takes apart again, cheaper for SQLite than an object. */
export const arrayOf = (row: { readonly [Field in keyof StoredRow]: StoredRow[Field] | null }) =>
  columns.map(([, , field]) => row[field])

const facts = columns.map(([column]) => column).filter((column) => column !== "order_id" && column !== "seq")

/** Numbers of 64 bits come from PostgreSQL as text. Ours are counts and money, which a double holds exactly. */
const number = (expression: string) => `CAST(${expression} AS double precision)`

const selected = columns.map(([column, type, field]) =>
  `${type === "bigint" ? number(column) : column} AS "${field}"`
)

export const make = (sql: SqlClient.SqlClient) => ({
  names: sql.literal(columns.map(([column]) => column).join(", ")),
  lastSeq: sql.literal(`${number("last_seq")} AS "last"`),
  /** The columns under the names of their fields. */
  selected: sql.literal(selected.join(", ")),
  values: sql.literal(columns.map(([, type], index) => JsonRows.make(sql).field(index, type)).join(", ")),
  excluded: sql.literal(columns.slice(1).map(([column]) => `${column} = excluded.${column}`).join(", ")),
  /** Whether the rows `made` and `served` say the same. */
  same: sql.literal(
    facts.map((column) => `made.${column} IS NOT DISTINCT FROM served.${column}`).join(" AND ")
  )
})
