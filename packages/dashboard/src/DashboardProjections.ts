/** The three projections that keep the serving generation up to date: one per feed, all into the same rows. */
import * as Singleton from "@effect/cluster/Singleton"
import { DeliveryFeed } from "@saucier/delivery/DeliveryFeed"
import type { Feed } from "@saucier/eventsourcing/Feed"
import * as Projection from "@saucier/eventsourcing/Projection"
import type { OrderId } from "@saucier/kernel/Ids"
import { OrderFeed } from "@saucier/order/OrderFeed"
import { PaymentFeed } from "@saucier/payment/PaymentFeed"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { DashboardHint } from "./DashboardHint.ts"
import * as DashboardWriter from "./DashboardWriter.ts"
import { type Evolve, evolveDelivery, evolveOrder, evolvePayment } from "./OrderFacets.ts"

/** Names of the checkpoints, stable for ever. */
export const checkpoint = {
  order: "dashboard.order",
  payment: "dashboard.payment",
  delivery: "dashboard.delivery"
} as const

const projection = <Event extends { readonly orderId: OrderId }>(
  name: string,
  feed: Feed<Event>,
  evolve: Evolve<Event>
) =>
  Effect.gen(function*() {
    const writer = yield* DashboardWriter.make
    const hint = yield* DashboardHint
    return Projection.make({
      name,
      feed,
      handleBatch: (events) => writer.serve(evolve, events),
      after: hint.wake
    })
  })

export const ofOrders = Effect.flatMap(OrderFeed, (feed) => projection(checkpoint.order, feed, evolveOrder))
export const ofPayments = Effect.flatMap(
  PaymentFeed,
  (feed) => projection(checkpoint.payment, feed, evolvePayment)
)
export const ofDeliveries = Effect.flatMap(
  DeliveryFeed,
  (feed) => projection(checkpoint.delivery, feed, evolveDelivery)
)

const shardGroup = "dashboard"

export const DashboardProjectionsLive = Layer.mergeAll(
  Singleton.make(checkpoint.order, Effect.flatMap(ofOrders, Projection.run), { shardGroup }),
  Singleton.make(checkpoint.payment, Effect.flatMap(ofPayments, Projection.run), { shardGroup }),
  Singleton.make(checkpoint.delivery, Effect.flatMap(ofDeliveries, Projection.run), { shardGroup })
)
