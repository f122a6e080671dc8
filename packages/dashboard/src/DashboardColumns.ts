/** Between rows of the table and facets: the one place that knows the columns. */
import type * as SqlClient from "@effect/sql/SqlClient"
import * as JsonRows from "@saucier/readmodel/JsonRows"
import type { DashboardLane, DashboardState } from "./Dashboard.ts"
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
  ["updated_at", "double precision", "updatedAt"],
  ["attention_since", "double precision", "attentionSince"]
]

/** A row as the JSON array that `values` takes apart again, cheaper for SQLite than an object. */
export const arrayOf = (row: { readonly [Field in keyof StoredRow]: StoredRow[Field] | null }) =>
  columns.map(([, , field]) => row[field])

const facts = columns.map(([column]) => column).filter((column) => column !== "order_id" && column !== "seq")

/** Which rows a lane holds. Of `InDelivery` and `Attention` there is an index each, for rows of just these words. */
const lanes: Readonly<Record<DashboardLane, string>> = {
  Paid: "state = 'Preparing' AND (delivery_status IS NULL OR delivery_status IN ('Preparing', 'Cancelled'))",
  InDelivery: "state = 'Preparing' AND delivery_status IN ('Dispatched', 'Failed', 'Replanned', 'Returned')",
  Attention: "(attention_since IS NOT NULL OR delivery_status = 'Failed')"
}

/** Numbers of 64 bits come from PostgreSQL as text. Ours are counts and money, which a double holds exactly. */
const number = (expression: string) => `CAST(${expression} AS double precision)`

const selected = columns.map(([column, type, field]) =>
  `${type === "bigint" ? number(column) : column} AS "${field}"`
)

export const make = (sql: SqlClient.SqlClient) => ({
  names: sql.literal(columns.map(([column]) => column).join(", ")),
  lane: (lane: DashboardLane) => sql.literal(lanes[lane]),
  /** Rows by an index of few of them: SQLite, which knows not how few, would rather read them all. */
  rowsBy: (index: "waiting" | "in_delivery" | "attention" | "branch") =>
    sql.literal(sql.onDialectOrElse({
      pg: () => "dashboard_rows",
      orElse: () => `dashboard_rows INDEXED BY dashboard_rows_${index}`
    })),
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
