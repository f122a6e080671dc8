/** Folds events into rows: one statement reads the rows of a batch, one writes those that changed. */
import * as SqlClient from "@effect/sql/SqlClient"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import type { FeedEvent } from "@saucier/eventsourcing/Feed"
import * as ReadModelFailure from "@saucier/eventsourcing/ReadModelFailure"
import type { OrderId } from "@saucier/kernel/Ids"
import * as JsonRows from "@saucier/readmodel/JsonRows"
import * as Effect from "effect/Effect"
import type { DashboardState } from "./Dashboard.ts"
import * as DashboardColumns from "./DashboardColumns.ts"
import { empty, type Evolve, type OrderFacets } from "./OrderFacets.ts"
import { stateOf } from "./OrderRow.ts"

const typed = ReadModelFailure.typed("dashboard")

type OfOrder = { readonly orderId: OrderId }

/** Must run inside a transaction. */
export interface DashboardWriter {
  /** Writes to the generation that serves, and gives each changed row a new seq. */
  readonly serve: <Event extends OfOrder>(
    evolve: Evolve<Event>,
    events: ReadonlyArray<FeedEvent<Event>>
  ) => Effect.Effect<void, EventStoreUnavailable>
  /** Writes to a generation in the making; changed rows have no seq. */
  readonly prepare: <Event extends OfOrder>(
    generation: number,
    evolve: Evolve<Event>,
    events: ReadonlyArray<FeedEvent<Event>>
  ) => Effect.Effect<void, EventStoreUnavailable>
}

interface Changed {
  readonly facets: OrderFacets
  readonly state: DashboardState
  readonly before: DashboardState | undefined
}

export const make = Effect.map(SqlClient.SqlClient, (sql): DashboardWriter => {
  const columns = DashboardColumns.make(sql)
  const json = JsonRows.make(sql)
  const move = sql.literal(`${json.field(0, "text")}, ${json.field(1, "integer")}`)

  /** Locked, it makes this transaction the one writer, and seqs come to light in their order. SQLite has one writer anyway. */
  const board = Effect.map(
    sql<{ readonly serving: number; readonly last: number }>`
      SELECT serving, ${columns.lastSeq} FROM dashboard_board ${
      sql.literal(sql.onDialectOrElse({ pg: () => "FOR NO KEY UPDATE", orElse: () => "" }))
    }`,
    ([board]) => board
  )

  const load = (generation: number, orderIds: Iterable<OrderId>) =>
    sql<DashboardColumns.StoredRow>`
      SELECT ${columns.selected} FROM dashboard_rows
      WHERE generation = ${generation}
        AND ${json.among("order_id", [...orderIds])}`

  const save = (generation: number, seq: number | null, changed: ReadonlyArray<Changed>) => {
    const rows = changed.map(({ facets, state }, index) =>
      DashboardColumns.arrayOf({ ...facets, state, seq: seq === null ? null : seq + index })
    )
    return sql`
      INSERT INTO dashboard_rows (generation, ${columns.names})
      SELECT ${generation}, ${columns.values} FROM ${json.elements(rows)} WHERE true
      ON CONFLICT (generation, order_id) DO UPDATE SET ${columns.excluded}`
  }

  const count = (generation: number, changed: ReadonlyArray<Changed>) => {
    const moves = new Map<DashboardState, number>()
    const add = (state: DashboardState, by: number) => moves.set(state, (moves.get(state) ?? 0) + by)
    for (const { before, state } of changed) {
      if (before === state) continue
      if (before !== undefined) add(before, -1)
      add(state, 1)
    }
    return moves.size === 0 ? Effect.void : Effect.asVoid(sql`
      INSERT INTO dashboard_counts (generation, state, orders)
      SELECT ${generation}, ${move} FROM ${json.elements([...moves])} WHERE true
      ON CONFLICT (generation, state) DO UPDATE SET orders = dashboard_counts.orders + excluded.orders`)
  }

  const fold = <Event extends OfOrder>(
    generation: number,
    evolve: Evolve<Event>,
    events: ReadonlyArray<FeedEvent<Event>>
  ) =>
    Effect.map(load(generation, new Set(events.map(({ event }) => event.orderId))), (stored) => {
      const before = new Map(stored.map((row) => [row.orderId, row]))
      const after = new Map<OrderId, OrderFacets>(before)
      for (const { event, recorded } of events) {
        const { orderId } = event
        after.set(orderId, evolve(after.get(orderId) ?? empty(orderId), event, recorded))
      }
      const changed: Array<Changed> = []
      for (const [orderId, facets] of after) {
        const row = before.get(orderId)
        if (row !== facets) changed.push({ facets, state: stateOf(facets), before: row?.state })
      }
      return changed
    })

  const write = (generation: number, seq: number | null, changed: ReadonlyArray<Changed>) =>
    changed.length === 0
      ? Effect.void
      : Effect.zipRight(save(generation, seq, changed), count(generation, changed))

  return {
    serve: (evolve, events) =>
      Effect.gen(function*() {
        const at = yield* board
        if (at === undefined) return yield* Effect.dieMessage("The dashboard has no board")
        const changed = yield* fold(at.serving, evolve, events)
        if (changed.length === 0) return
        yield* sql`UPDATE dashboard_board SET last_seq = ${at.last + changed.length}`
        yield* write(at.serving, at.last + 1, changed)
      }).pipe(typed),
    prepare: (generation, evolve, events) =>
      fold(generation, evolve, events).pipe(
        Effect.flatMap((changed) => write(generation, null, changed)),
        typed
      )
  }
})
