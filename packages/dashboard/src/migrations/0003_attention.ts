import * as SqlClient from "@effect/sql/SqlClient"
import * as Effect from "effect/Effect"

/** Since when somebody has to look at the payment, and the few orders that are in delivery or need attention, counted by their indexes alone. */
export const attention = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`ALTER TABLE dashboard_rows ADD COLUMN attention_since ${
    sql.literal(sql.onDialectOrElse({ pg: () => "double precision", orElse: () => "REAL" }))
  }`
  yield* sql`
    CREATE INDEX dashboard_rows_in_delivery ON dashboard_rows (generation, order_id, state, delivery_status)
    WHERE state = 'Preparing' AND delivery_status IN ('Dispatched', 'Failed', 'Replanned', 'Returned')`
  yield* sql`
    CREATE INDEX dashboard_rows_attention ON dashboard_rows (generation, order_id, attention_since, delivery_status)
    WHERE attention_since IS NOT NULL OR delivery_status = 'Failed'`
})
