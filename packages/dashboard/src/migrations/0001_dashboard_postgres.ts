import * as SqlClient from "@effect/sql/SqlClient"
import * as Effect from "effect/Effect"

/**
 * Rows come in generations: one serves, and the next may be in the making. `seq` is null while the row of a generation
 * in the making has not been compared with the serving one. `dashboard_board` is a single row: it names the serving
 * generation and the last seq given, and whoever locks it is the one writer until the commit. Ids sort by their bytes.
 * Only the primary key begins with the generation and goes on with the order: a planner that knows nothing of the table yet
 * would look for orders by any other that does.
 */
export const dashboard = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`
    CREATE TABLE dashboard_board (
      id integer PRIMARY KEY CHECK (id = 1),
      serving integer NOT NULL,
      last_seq bigint NOT NULL
    )`
  yield* sql`INSERT INTO dashboard_board (id, serving, last_seq) VALUES (1, 1, 0)`
  yield* sql`
    CREATE TABLE dashboard_rows (
      generation integer NOT NULL,
      order_id text COLLATE "C" NOT NULL,
      seq bigint,
      state text COLLATE "C" NOT NULL,
      branch_id text COLLATE "C",
      sauce_id text,
      qty integer,
      price bigint,
      order_version integer NOT NULL,
      order_status text,
      resume text,
      payment_version integer NOT NULL,
      payment_status text,
      delivery_version integer NOT NULL,
      delivery_status text,
      updated_at double precision NOT NULL,
      PRIMARY KEY (generation, order_id)
    )`
  yield* sql`CREATE UNIQUE INDEX dashboard_rows_seq ON dashboard_rows (generation, seq)`
  yield* sql`CREATE INDEX dashboard_rows_state ON dashboard_rows (state, generation, order_id)`
  yield* sql`CREATE INDEX dashboard_rows_branch ON dashboard_rows (branch_id, generation, order_id)`
  yield* sql`
    CREATE TABLE dashboard_counts (
      generation integer NOT NULL,
      state text COLLATE "C" NOT NULL,
      orders integer NOT NULL,
      PRIMARY KEY (generation, state)
    )`
})
