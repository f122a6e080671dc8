/** The dashboard's rows in the simulated database: the real projections' engine and fold, without SQL. */
import * as Singleton from "@effect/cluster/Singleton"
import { checkpoint } from "@saucier/dashboard/DashboardProjections"
import * as OrderFacets from "@saucier/dashboard/OrderFacets"
import { DeliveryFeed } from "@saucier/delivery/DeliveryFeed"
import type { Feed, FeedEvent } from "@saucier/eventsourcing/Feed"
import * as Projection from "@saucier/eventsourcing/Projection"
import type { OrderId } from "@saucier/kernel/Ids"
import { OrderFeed } from "@saucier/order/OrderFeed"
import { PaymentFeed } from "@saucier/payment/PaymentFeed"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Rows } from "./ContextStore.ts"

export const table = "orders"

export const rowsOf = (rows: ReadonlyArray<string>): ReadonlyArray<OrderFacets.OrderFacets> =>
  rows.map((row): OrderFacets.OrderFacets => JSON.parse(row))

const projection = <Event extends { readonly orderId: OrderId }>(
  name: string,
  feed: Feed<Event>,
  evolve: OrderFacets.Evolve<Event>
) =>
  Effect.map(Rows, (rows) =>
    Projection.make({
      name,
      feed,
      handleBatch: (events: ReadonlyArray<FeedEvent<Event>>) =>
        Effect.forEach(events, ({ event, recorded }) =>
          rows.change(table, event.orderId, (row) => {
            const known: OrderFacets.OrderFacets = row === undefined
              ? OrderFacets.empty(event.orderId)
              : JSON.parse(row)
            return JSON.stringify(evolve(known, event, recorded))
          }), { discard: true })
    }))

const ofOrders = Effect.flatMap(
  OrderFeed,
  (feed) => projection(checkpoint.order, feed, OrderFacets.evolveOrder)
)
const ofPayments = Effect.flatMap(
  PaymentFeed,
  (feed) => projection(checkpoint.payment, feed, OrderFacets.evolvePayment)
)
const ofDeliveries = Effect.flatMap(
  DeliveryFeed,
  (feed) => projection(checkpoint.delivery, feed, OrderFacets.evolveDelivery)
)

const shardGroup = "dashboard"

export const live = Layer.mergeAll(
  Singleton.make(checkpoint.order, Effect.flatMap(ofOrders, Projection.run), { shardGroup }),
  Singleton.make(checkpoint.payment, Effect.flatMap(ofPayments, Projection.run), { shardGroup }),
  Singleton.make(checkpoint.delivery, Effect.flatMap(ofDeliveries, Projection.run), { shardGroup })
)
