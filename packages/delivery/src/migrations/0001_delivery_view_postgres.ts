import * as SqlClient from "@effect/sql/SqlClient"
import * as Effect from "effect/Effect"

/** One row per delivery; `stages` is the JSON of the stages, times in epoch milliseconds. Ids sort by their bytes. */
export const deliveryView = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`
    CREATE TABLE delivery_view (
      delivery_id text COLLATE "C" PRIMARY KEY,
      order_id text COLLATE "C" NOT NULL,
      version integer NOT NULL,
      branch_id text COLLATE "C" NOT NULL,
      sauce_id text NOT NULL,
      quantity integer NOT NULL,
      status text COLLATE "C" NOT NULL,
      stages text NOT NULL
    )`
  yield* sql`CREATE INDEX delivery_view_order ON delivery_view (order_id, delivery_id)`
  yield* sql`CREATE INDEX delivery_view_status ON delivery_view (status, delivery_id)`
})
