import * as SqlClient from "@effect/sql/SqlClient"
import * as Effect from "effect/Effect"

/** One row per delivery; `stages` is the JSON of the stages, times in epoch milliseconds. */
export const deliveryView = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`
    CREATE TABLE delivery_view (
      delivery_id TEXT PRIMARY KEY,
      order_id TEXT NOT NULL,
      version INTEGER NOT NULL,
      branch_id TEXT NOT NULL,
      sauce_id TEXT NOT NULL,
      quantity INTEGER NOT NULL,
      status TEXT NOT NULL,
      stages TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`
  yield* sql`CREATE INDEX delivery_view_order ON delivery_view (order_id, delivery_id)`
  yield* sql`CREATE INDEX delivery_view_status ON delivery_view (status, delivery_id)`
})
