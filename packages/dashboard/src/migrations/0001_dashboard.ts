import * as SqlClient from "@effect/sql/SqlClient"
import * as Effect from "effect/Effect"

/**
 * Rows come in generations: one serves, and the next may be in the making. `seq` is null while the row of a generation
 * in the making has not been compared with the serving one. `dashboard_board` is a single row: it names the serving
 * generation and the last seq given, and whoever updates it is the one writer until the commit.
 */
export const dashboard = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`
    CREATE TABLE dashboard_board (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      serving INTEGER NOT NULL,
      last_seq INTEGER NOT NULL
    ) STRICT`
  yield* sql`INSERT INTO dashboard_board (id, serving, last_seq) VALUES (1, 1, 0)`
  yield* sql`
    CREATE TABLE dashboard_rows (
      generation INTEGER NOT NULL,
      order_id TEXT NOT NULL,
      seq INTEGER,
      state TEXT NOT NULL,
      branch_id TEXT,
      sauce_id TEXT,
      qty INTEGER,
      price INTEGER,
      order_version INTEGER NOT NULL,
      order_status TEXT,
      resume TEXT,
      payment_version INTEGER NOT NULL,
      payment_status TEXT,
      delivery_version INTEGER NOT NULL,
      delivery_status TEXT,
      updated_at REAL NOT NULL,
      PRIMARY KEY (generation, order_id)
    ) STRICT, WITHOUT ROWID`
  yield* sql`CREATE UNIQUE INDEX dashboard_rows_seq ON dashboard_rows (generation, seq)`
  yield* sql`CREATE INDEX dashboard_rows_state ON dashboard_rows (generation, state, order_id)`
  yield* sql`CREATE INDEX dashboard_rows_branch ON dashboard_rows (generation, branch_id, order_id)`
  yield* sql`
    CREATE TABLE dashboard_counts (
      generation INTEGER NOT NULL,
      state TEXT NOT NULL,
      orders INTEGER NOT NULL,
      PRIMARY KEY (generation, state)
    ) STRICT, WITHOUT ROWID`
})
