import * as SqlClient from "@effect/sql/SqlClient"
import * as Effect from "effect/Effect"

/** The few orders that have not got going, by age; alike on both engines. */
export const waiting = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) =>
    sql`
      CREATE INDEX dashboard_rows_waiting ON dashboard_rows (generation, order_id)
      WHERE order_status IN ('Registered', 'PaymentPending', 'Paid')`
)
