/** Queries of the read model. All read the generation that serves. */
import * as SqlClient from "@effect/sql/SqlClient"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as ReadModelFailure from "@saucier/eventsourcing/ReadModelFailure"
import type { BranchId } from "@saucier/kernel/Goods"
import type { OrderId } from "@saucier/kernel/Ids"
import type { OrderStatus } from "@saucier/order/Order"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import {
  type ChangeSeq,
  type DashboardChanges,
  type DashboardCounts,
  type DashboardLane,
  type DashboardPage,
  type DashboardRow,
  DashboardRowNotFound,
  type DashboardState
} from "./Dashboard.ts"
import * as DashboardColumns from "./DashboardColumns.ts"
import { migrate } from "./DashboardMigrations.ts"
import { row } from "./OrderRow.ts"

const typed = ReadModelFailure.typed("dashboard")

export interface DashboardFilter {
  readonly state?: DashboardState | undefined
  readonly lane?: DashboardLane | undefined
  readonly branchId?: string | undefined
  /** Only orders before this one. */
  readonly cursor?: OrderId | undefined
  readonly limit: number
}

/**
 * - `changes` gives the rows that changed after `after`, each in its newest version; 0 means from the beginning, and so
 *   does a seq that was never given (the database was set up anew).
 * - `countsOf` reads each row of the branch, `counts` only those that are in delivery or need attention.
 * - `waiting` is the oldest order that is not paid, or paid and not being prepared yet, by its status.
 * - `head` is the last seq given: where to follow from, to see only what is to come.
 */
export class DashboardView extends Context.Tag("@saucier/dashboard/DashboardView")<DashboardView, {
  readonly get: (
    orderId: OrderId
  ) => Effect.Effect<DashboardRow, DashboardRowNotFound | EventStoreUnavailable>
  readonly list: (filter: DashboardFilter) => Effect.Effect<DashboardPage, EventStoreUnavailable>
  readonly counts: Effect.Effect<DashboardCounts, EventStoreUnavailable>
  readonly countsOf: (branchId: BranchId) => Effect.Effect<DashboardCounts, EventStoreUnavailable>
  readonly waiting: Effect.Effect<
    ReadonlyArray<{ readonly status: OrderStatus; readonly oldest: OrderId }>,
    EventStoreUnavailable
  >
  readonly changes: (
    after: ChangeSeq,
    limit: number
  ) => Effect.Effect<DashboardChanges, EventStoreUnavailable>
  readonly head: Effect.Effect<ChangeSeq, EventStoreUnavailable>
}>() {}

const none = {
  Registered: 0,
  Preparing: 0,
  Complete: 0,
  Cancelled: 0,
  Rejected: 0,
  InDelivery: 0,
  Attention: 0
}

interface Counted {
  readonly name: DashboardState | Exclude<DashboardLane, "Paid">
  readonly orders: number
}

const counted = (counts: ReadonlyArray<Counted>): DashboardCounts => {
  const sums: Record<Counted["name"], number> = { ...none }
  for (const { name, orders } of counts) sums[name] += orders
  const { Attention, InDelivery, ...states } = sums
  const total = Object.values(states).reduce((sum, orders) => sum + orders, 0)
  return { ...states, Paid: Math.max(0, states.Preparing - InDelivery), InDelivery, Attention, total }
}

const make = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* migrate
  const { lane: inLane, lastSeq, rowsBy, selected } = DashboardColumns.make(sql)
  const served = sql.literal("generation = (SELECT serving FROM dashboard_board)")

  const held = (lane: DashboardLane) => sql`CAST(sum(CASE WHEN ${inLane(lane)} THEN 1 ELSE 0 END) AS integer)`

  const rowsOf = (lane: DashboardLane | undefined) =>
    lane === "InDelivery"
      ? rowsBy("in_delivery")
      : lane === "Attention"
      ? rowsBy("attention")
      : sql`dashboard_rows`

  const list = ({ branchId, cursor, lane, limit, state }: DashboardFilter) =>
    sql<DashboardColumns.StoredRow>`
      SELECT ${selected} FROM ${rowsOf(lane)}
      WHERE ${
      sql.and([
        served,
        ...(state === undefined ? [] : [sql`state = ${state}`]),
        ...(lane === undefined ? [] : [inLane(lane)]),
        ...(branchId === undefined ? [] : [sql`branch_id = ${branchId}`]),
        ...(cursor === undefined ? [] : [sql`order_id < ${cursor}`])
      ])
    }
      ORDER BY order_id DESC LIMIT ${limit + 1}`

  const changes = (after: number, limit: number) =>
    sql<DashboardColumns.StoredRow>`
      SELECT ${selected} FROM dashboard_rows
      WHERE ${served} AND dashboard_rows.seq > (
        SELECT CASE WHEN asked > last_seq THEN 0 ELSE asked END
        FROM dashboard_board, (SELECT CAST(${after} AS bigint) AS asked) AS reader)
      ORDER BY dashboard_rows.seq LIMIT ${limit}`

  return DashboardView.of({
    get: (orderId) =>
      typed(
        sql<DashboardColumns.StoredRow>`
          SELECT ${selected} FROM dashboard_rows WHERE ${served} AND order_id = ${orderId}`
      ).pipe(
        Effect.flatMap(([stored]) =>
          stored === undefined ? new DashboardRowNotFound() : Effect.succeed(row(stored))
        )
      ),
    list: (filter) =>
      Effect.map(typed(list(filter)), (stored) => {
        const items = stored.slice(0, filter.limit)
        return {
          items: items.map(row),
          nextCursor: stored.length > items.length ? items.at(-1)?.orderId ?? null : null
        }
      }),
    counts: Effect.map(
      typed(sql<Counted>`
        SELECT state AS name, orders FROM dashboard_counts WHERE ${served}
        UNION ALL SELECT 'InDelivery', CAST(count(*) AS integer) FROM ${rowsBy("in_delivery")}
        WHERE ${served} AND ${inLane("InDelivery")}
        UNION ALL SELECT 'Attention', CAST(count(*) AS integer) FROM ${rowsBy("attention")}
        WHERE ${served} AND ${inLane("Attention")}`),
      counted
    ),
    countsOf: (branchId) =>
      Effect.map(
        typed(
          sql<
            & { readonly state: DashboardState }
            & Readonly<Record<"orders" | "InDelivery" | "Attention", number>>
          >`
          SELECT state, CAST(count(*) AS integer) AS orders,
            ${held("InDelivery")} AS "InDelivery", ${held("Attention")} AS "Attention"
          FROM ${rowsBy("branch")} WHERE ${served} AND branch_id = ${branchId} GROUP BY state`
        ),
        (states) =>
          counted(states.flatMap(({ Attention, InDelivery, orders, state }) => [
            { name: state, orders },
            { name: "InDelivery", orders: InDelivery },
            { name: "Attention", orders: Attention }
          ]))
      ),
    waiting: typed(sql<{ readonly status: OrderStatus; readonly oldest: OrderId }>`
      SELECT order_status AS status, min(order_id) AS oldest FROM ${rowsBy("waiting")}
      WHERE ${served} AND order_status IN ('Registered', 'PaymentPending', 'Paid') GROUP BY order_status`),
    changes: (after, limit) =>
      Effect.map(typed(changes(after, limit)), (stored) => ({
        changes: stored.map((changed) => ({ seq: changed.seq, row: row(changed) })),
        last: stored.at(-1)?.seq ?? after
      })),
    head: Effect.map(
      typed(sql<{ readonly last: number }>`SELECT ${lastSeq} FROM dashboard_board`),
      ([board]) => board?.last ?? 0
    )
  })
})

export const layer: Layer.Layer<DashboardView, EventStoreUnavailable, SqlClient.SqlClient> = Layer.effect(
  DashboardView,
  make
)
