import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as Feed from "@saucier/eventsourcing/Feed"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { PaymentEvent } from "./Payment.ts"
import { paymentCodec } from "./PaymentCodec.ts"

/** The events of payment, for whoever subscribes to them. */
export class PaymentFeed
  extends Context.Tag("@saucier/payment/PaymentFeed")<PaymentFeed, Feed.Feed<PaymentEvent>>()
{
  static readonly layer = Layer.effect(
    PaymentFeed,
    Effect.map(EventStore, (store) => Feed.make(store, "payment", paymentCodec))
  )
}
