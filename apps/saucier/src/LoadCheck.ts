/** What must hold of the orders of a load once all is quiet; asked again until it does, or the time is up. */
import type { OrderId } from "@saucier/kernel/Ids"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { ended, type Reason, reasonOf } from "./LoadRules.ts"
import type { Acknowledged, Load } from "./LoadRun.ts"
import * as Poll from "./Poll.ts"
import type { Server } from "./Server.ts"

export interface Violation {
  readonly orderId: OrderId
  readonly reason: Reason
}

const factsOf = (server: Server, { orderId, status }: Acknowledged) =>
  Effect.gen(function*() {
    const { deliveries, orderDashboards, orders, payments } = server.api
    const order = yield* server.find(orders.getOrder({ path: { orderId }, headers: {} }))
    if (Option.isNone(order)) return "lost"
    const paid = yield* server.find(payments.findPayments({ urlParams: { orderId } }))
    const delivered = yield* server.find(deliveries.listDeliveries({ urlParams: { orderId, limit: 50 } }))
    const row = yield* server.find(orderDashboards.getRow({ path: { orderId } }))
    if (Option.isNone(row)) return "row"
    const items = <A>(found: Option.Option<{ readonly items: ReadonlyArray<A> }>) =>
      Option.match(found, { onNone: () => [], onSome: ({ items }) => items })
    return reasonOf({
      answered: status,
      order: order.value,
      payments: items(paid),
      deliveries: items(delivered),
      row: row.value
    })
  })

/** Rows of the load's own branch whose order nobody was told of: ended ones must not keep the money. */
const keptMoney = (server: Server, { acknowledged, branchId }: Load) =>
  Effect.gen(function*() {
    const known = new Set<string>(acknowledged.map(({ orderId }) => orderId))
    const first: Option.Option<OrderId> = Option.none()
    const rows = yield* Stream.runCollect(Stream.paginateChunkEffect(first, (cursor) =>
      Effect.map(
        server.ask(server.api.orderDashboards.listRows({
          urlParams: {
            branchId,
            limit: 200,
            ...Option.match(cursor, { onNone: () => ({}), onSome: (cursor) => ({ cursor }) })
          }
        })),
        ({ items, nextCursor }) => [
          Chunk.unsafeFromArray(items),
          nextCursor === null ? Option.none() : Option.some(Option.some(nextCursor))
        ]
      )))
    return Chunk.toReadonlyArray(rows).filter((row) =>
      !known.has(row.orderId) && ended(row.state) && row.paymentStatus === "Captured"
    ).map(({ orderId }): Violation => ({ orderId, reason: "kept" }))
  })

export const run = (server: Server, load: Load, settle: Duration.DurationInput, checked: () => void) =>
  Effect.gen(function*() {
    const end = (yield* Clock.currentTimeMillis) + Duration.toMillis(settle)
    const patiently = <A, E, R>(examine: Effect.Effect<A, E, R>, good: (result: A) => boolean) =>
      Poll.until(
        Effect.zip(examine, Clock.currentTimeMillis),
        ([result, now]) => good(result) || now >= end,
        "250 millis"
      ).pipe(Effect.map(([result]) => result))

    const found = yield* Effect.forEach(load.acknowledged, (acknowledged) =>
      Effect.gen(function*() {
        const reason = yield* patiently(factsOf(server, acknowledged), (reason) => reason === undefined)
        checked()
        return reason === undefined ? [] : [{ orderId: acknowledged.orderId, reason }]
      }), { concurrency: 16 })
    const kept = yield* patiently(keptMoney(server, load), (violations) => violations.length === 0)
    return [...found.flat(), ...kept]
  })
