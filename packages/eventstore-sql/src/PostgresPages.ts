/** The log in pages that never skip: where a transaction is still open, the log ends. */
import * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import type { Position, RecordedEvent } from "@saucier/eventsourcing/Event"
import * as Effect from "effect/Effect"
import { columns, placeOf, type PostgresRow, recordedRows } from "./PostgresRow.ts"

interface LogRow extends PostgresRow {
  readonly settled: boolean
}

export interface Page {
  readonly events: ReadonlyArray<RecordedEvent>
  /** More is committed, and shows when an older transaction of the server ends, which nobody tells of. */
  readonly held: boolean
}

// A transaction below the snapshot's xmin has ended. Ordered by transaction, the settled rows come first.
export const make = Effect.map(
  SqlClient.SqlClient,
  (sql) => (after: Position, limit: number): Effect.Effect<Page, SqlError> =>
    Effect.flatMap(placeOf(after), ({ position, transaction }) =>
      sql<LogRow>`
        SELECT ${sql.literal(columns)},
               transaction_id < pg_snapshot_xmin(pg_current_snapshot()) AS settled
        FROM events WHERE (transaction_id, position) > (${transaction}::xid8, ${position}::bigint)
        ORDER BY transaction_id, position LIMIT ${limit}`).pipe(
        Effect.flatMap((rows) => {
          const end = rows.findIndex(({ settled }) => !settled)
          return Effect.map(
            recordedRows(end === -1 ? rows : rows.slice(0, end)),
            (events) => ({ events, held: end !== -1 })
          )
        })
      )
)

/** The end of what pages show, in log order. */
export const newest = (limit: number) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) =>
    sql<PostgresRow>`
      SELECT ${sql.literal(columns)} FROM events
      WHERE transaction_id < pg_snapshot_xmin(pg_current_snapshot())
      ORDER BY transaction_id DESC, position DESC LIMIT ${limit}`).pipe(
      Effect.flatMap(recordedRows),
      Effect.map((events) => events.toReversed())
    )

/** Whether the server has yet to count to the position's transaction, which it did before it came back from a backup. */
export const isAhead = (position: Position): Effect.Effect<boolean, SqlError, SqlClient.SqlClient> =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const { transaction } = yield* placeOf(position)
    const [row] = yield* sql<{ readonly ahead: boolean }>`
      SELECT ${transaction}::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) AS ahead`
    return row?.ahead === true
  })
