import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as Feed from "@saucier/eventsourcing/Feed"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { DeliveryEvent } from "./Delivery.ts"
import { deliveryCodec } from "./DeliveryCodec.ts"

/** The events of delivery, for whoever subscribes to them. */
export class DeliveryFeed
  extends Context.Tag("@saucier/delivery/DeliveryFeed")<DeliveryFeed, Feed.Feed<DeliveryEvent>>()
{
  static readonly layer = Layer.effect(
    DeliveryFeed,
    Effect.map(EventStore, (store) => Feed.make(store, "delivery", deliveryCodec))
  )
}
