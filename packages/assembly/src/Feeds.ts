import { DeliveryFeed } from "@saucier/delivery/DeliveryFeed"
import type { EventStore } from "@saucier/eventsourcing/EventStore"
import { OrderFeed } from "@saucier/order/OrderFeed"
import { PaymentFeed } from "@saucier/payment/PaymentFeed"
import * as Layer from "effect/Layer"

/** The feed of each context that publishes, read from its own store. */
export const layer = <E1, R1, E2, R2, E3, R3>(stores: {
  readonly order: Layer.Layer<EventStore, E1, R1>
  readonly payment: Layer.Layer<EventStore, E2, R2>
  readonly delivery: Layer.Layer<EventStore, E3, R3>
}) =>
  Layer.mergeAll(
    OrderFeed.layer.pipe(Layer.provide(stores.order)),
    PaymentFeed.layer.pipe(Layer.provide(stores.payment)),
    DeliveryFeed.layer.pipe(Layer.provide(stores.delivery))
  )
