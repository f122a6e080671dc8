/** The tables' side of a rebuild: clear, compare with what serves, and swap. */
import * as SqlClient from "@effect/sql/SqlClient"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as ReadModelFailure from "@saucier/eventsourcing/ReadModelFailure"
import * as Effect from "effect/Effect"
import * as DashboardColumns from "./DashboardColumns.ts"

const typed = ReadModelFailure.typed("dashboard")

const chunk = 1000

/** Lets requests and live events in between two long statements. */
const breathe = Effect.sleep("1 millis")

export interface DashboardGenerations {
  /** Makes the caller's transaction the one writer, as serving a batch does. */
  readonly hold: Effect.Effect<void, EventStoreUnavailable>
  readonly serving: Effect.Effect<number, EventStoreUnavailable>
  /**
   * Removes every generation before this one but the serving one, chunk by chunk. Rows that a rebuild overtaken meanwhile is
   * writing are left to the next rebuild: two that waited for each other's rows would end in a deadlock.
   */
  readonly clear: (before: number) => Effect.Effect<void, EventStoreUnavailable>
  /** Gives each prepared row that says what the serving one says its seq, chunk by chunk, so that readers need not read it again. */
  readonly adopt: (generation: number) => Effect.Effect<void, EventStoreUnavailable>
  /** Gives what still differs a new seq and lets the generation serve; tells how many rows changed. In a transaction. */
  readonly swap: (generation: number) => Effect.Effect<number, EventStoreUnavailable>
}

export const make = Effect.map(SqlClient.SqlClient, (sql): DashboardGenerations => {
  const { same } = DashboardColumns.make(sql)

  const serving = Effect.map(
    sql<{ readonly serving: number }>`SELECT serving FROM dashboard_board`,
    ([board]) => board?.serving ?? 1
  )

  /** SQLite has one writer anyway. */
  const unlocked = sql.literal(sql.onDialectOrElse({ pg: () => "FOR UPDATE SKIP LOCKED", orElse: () => "" }))

  const clear = (before: number): Effect.Effect<void, EventStoreUnavailable> =>
    Effect.gen(function*() {
      const stale = sql`generation < ${before} AND generation <> (SELECT serving FROM dashboard_board)`
      const removed = yield* sql`
        DELETE FROM dashboard_rows WHERE (generation, order_id) IN (
          SELECT generation, order_id FROM dashboard_rows WHERE ${stale} LIMIT ${chunk} ${unlocked}
        ) RETURNING 1`
      if (removed.length > 0) return yield* Effect.zipRight(breathe, clear(before))
      yield* sql`
        DELETE FROM dashboard_counts WHERE (generation, state) IN (
          SELECT generation, state FROM dashboard_counts WHERE ${stale} ${unlocked}
        )`
    }).pipe(typed)

  /** The end of a chunk of rows without a seq, or undefined when there are none after `from`. */
  const chunkEnd = (generation: number, from: string) =>
    Effect.map(
      sql<{ readonly last: string | null }>`
        SELECT max(order_id) AS "last" FROM (
          SELECT order_id FROM dashboard_rows
          WHERE generation = ${generation} AND seq IS NULL AND order_id > ${from}
          ORDER BY order_id LIMIT ${chunk}) AS chunk`,
      ([end]) => end?.last ?? undefined
    )

  const adoptBetween = (generation: number, from: string, to: string) =>
    sql`
      UPDATE dashboard_rows AS made SET seq = served.seq
      FROM dashboard_rows AS served
      WHERE made.generation = ${generation} AND made.seq IS NULL
        AND made.order_id > ${from} AND made.order_id <= ${to}
        AND served.generation = (SELECT serving FROM dashboard_board)
        AND served.order_id > ${from} AND served.order_id <= ${to}
        AND served.order_id = made.order_id AND ${same}`

  const adoptAfter = (
    generation: number,
    from: string,
    pause: Effect.Effect<void>
  ): Effect.Effect<void, EventStoreUnavailable> =>
    Effect.gen(function*() {
      const to = yield* chunkEnd(generation, from)
      if (to === undefined) return
      yield* adoptBetween(generation, from, to)
      yield* pause
      return yield* adoptAfter(generation, to, pause)
    }).pipe(typed)

  return {
    hold: typed(Effect.asVoid(sql`UPDATE dashboard_board SET last_seq = last_seq`)),
    serving: typed(serving),
    clear,
    adopt: (generation) => adoptAfter(generation, "", breathe),
    swap: (generation) =>
      Effect.gen(function*() {
        yield* adoptAfter(generation, "", Effect.void)
        const [dirty] = yield* sql<{ readonly rows: number }>`
          SELECT CAST(count(*) AS integer) AS "rows" FROM dashboard_rows WHERE generation = ${generation} AND seq IS NULL`
        const changed = dirty?.rows ?? 0
        yield* sql`
          UPDATE dashboard_rows SET seq = renewed.seq
          FROM (
            SELECT order_id, row_number() OVER (ORDER BY order_id) + (SELECT last_seq FROM dashboard_board) AS seq
            FROM dashboard_rows WHERE generation = ${generation} AND seq IS NULL
          ) AS renewed
          WHERE generation = ${generation} AND dashboard_rows.order_id = renewed.order_id`
        yield* sql`UPDATE dashboard_board SET serving = ${generation}, last_seq = last_seq + ${changed}`
        return changed
      }).pipe(typed)
  }
})
