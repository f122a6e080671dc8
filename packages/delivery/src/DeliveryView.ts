/** Queries of the list of deliveries. A delivery that was cancelled before any preparation never had goods: it is not listed. */
import * as SqlClient from "@effect/sql/SqlClient"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as ReadModelFailure from "@saucier/eventsourcing/ReadModelFailure"
import type { BranchId } from "@saucier/kernel/Goods"
import type { DeliveryId, OrderId } from "@saucier/kernel/Ids"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { DeliveryOrder, DeliveryStatus } from "./Delivery.ts"
import { migrate } from "./DeliveryMigrations.ts"
import * as DeliveryRow from "./DeliveryRow.ts"

const typed = ReadModelFailure.typed("delivery")

export interface DeliveryFilter {
  readonly orderId?: OrderId | undefined
  readonly branchId?: BranchId | undefined
  readonly status?: DeliveryStatus | undefined
  /** Only deliveries behind this one. */
  readonly cursor?: DeliveryId | undefined
  readonly order?: DeliveryOrder | undefined
  readonly limit: number
}

/** In the order that was asked for; `nextCursor` continues after the last item, and is null at the end. */
export interface DeliveryPage {
  readonly items: ReadonlyArray<DeliveryRow.DeliveryRow>
  readonly nextCursor: DeliveryId | null
}

export class DeliveryView extends Context.Tag("@saucier/delivery/DeliveryView")<DeliveryView, {
  readonly list: (filter: DeliveryFilter) => Effect.Effect<DeliveryPage, EventStoreUnavailable>
}>() {}

const make = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* migrate

  return DeliveryView.of({
    list: ({ branchId, cursor, limit, order = "newest", orderId, status }) =>
      sql`
        SELECT ${sql.literal(DeliveryRow.columns)} FROM delivery_view
        WHERE ${
        sql.and([
          sql`true`,
          ...(orderId === undefined ? [] : [sql`order_id = ${orderId}`]),
          ...(branchId === undefined ? [] : [sql`branch_id = ${branchId}`]),
          ...(status === undefined ? [] : [sql`status = ${status}`]),
          ...(cursor === undefined
            ? []
            : [sql`delivery_id ${sql.literal(order === "newest" ? "<" : ">")} ${cursor}`])
        ])
      }
        ORDER BY delivery_id ${sql.literal(order === "newest" ? "DESC" : "ASC")} LIMIT ${limit + 1}`.pipe(
        typed,
        Effect.map((stored) => {
          const items = DeliveryRow.decode(stored.slice(0, limit))
          return { items, nextCursor: stored.length > limit ? items.at(-1)?.id ?? null : null }
        })
      )
  })
})

export const layer: Layer.Layer<DeliveryView, EventStoreUnavailable, SqlClient.SqlClient> = Layer.effect(
  DeliveryView,
  make
)
