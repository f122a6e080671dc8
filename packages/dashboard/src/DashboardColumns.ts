/** Between rows of the table and facets: the one place that knows the columns. */
import type * as SqlClient from "@effect/sql/SqlClient"
import type { DashboardState } from "./Dashboard.ts"
import type { OrderFacets } from "./OrderFacets.ts"

export interface StoredRow extends OrderFacets {
  readonly seq: number
  readonly state: DashboardState
}

const columns: ReadonlyArray<readonly [column: string, field: keyof StoredRow]> = [
  ["order_id", "orderId"],
  ["seq", "seq"],
  ["state", "state"],
  ["branch_id", "branchId"],
  ["sauce_id", "sauceId"],
  ["qty", "qty"],
  ["price", "price"],
  ["order_version", "orderVersion"],
  ["order_status", "orderStatus"],
  ["resume", "resume"],
  ["payment_version", "paymentVersion"],
  ["payment_status", "paymentStatus"],
  ["delivery_version", "deliveryVersion"],
  ["delivery_status", "deliveryStatus"],
  ["updated_at", "updatedAt"]
]

/** A row as the JSON array that `valuesOf` takes apart again, cheaper for SQLite than an object. */
export const arrayOf = (row: { readonly [Field in keyof StoredRow]: StoredRow[Field] | null }) =>
  columns.map(([, field]) => row[field])

const facts = columns.map(([column]) => column).filter((column) => column !== "order_id" && column !== "seq")

export const make = (sql: SqlClient.SqlClient) => ({
  names: sql.literal(columns.map(([column]) => column).join(", ")),
  /** The columns under the names of their fields. */
  selected: sql.literal(columns.map(([column, field]) => `${column} AS "${field}"`).join(", ")),
  values: sql.literal(columns.map((_, index) => `value ->> ${index}`).join(", ")),
  excluded: sql.literal(columns.slice(1).map(([column]) => `${column} = excluded.${column}`).join(", ")),
  /** Whether the rows `made` and `served` say the same. */
  same: sql.literal(facts.map((column) => `made.${column} IS served.${column}`).join(" AND "))
})
