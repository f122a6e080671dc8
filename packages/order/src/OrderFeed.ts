import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as Feed from "@saucier/eventsourcing/Feed"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { OrderEvent } from "./Order.ts"
import { orderCodec } from "./OrderCodec.ts"

/** The events of ordering, for whoever subscribes to them. */
export class OrderFeed extends Context.Tag("@saucier/order/OrderFeed")<OrderFeed, Feed.Feed<OrderEvent>>() {
  static readonly layer = Layer.effect(
    OrderFeed,
    Effect.map(EventStore, (store) => Feed.make(store, "order", orderCodec))
  )
}
