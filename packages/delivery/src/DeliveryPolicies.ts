/** What deliveries learn from payments and orders: what is paid is prepared, what is cancelled stays. */
import * as Singleton from "@effect/cluster/Singleton"
import * as Ask from "@saucier/eventsourcing/Ask"
import { causedBy } from "@saucier/eventsourcing/Causation"
import * as Policy from "@saucier/eventsourcing/Policy"
import { deliveryIdOf } from "@saucier/kernel/Ids"
import { OrderFeed } from "@saucier/order/OrderFeed"
import { PaymentFeed } from "@saucier/payment/PaymentFeed"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { CancelDelivery, PrepareDelivery } from "./Delivery.ts"
import { DeliveryEntity } from "./DeliveryEntity.ts"

const answerWithin = Ask.within("delivery", "10 seconds")

const preparePolicy = Effect.gen(function*() {
  const feed = yield* PaymentFeed
  const deliveries = yield* DeliveryEntity.client
  const name = "delivery.prepare"

  return Policy.make({
    name,
    feed,
    handles: (type) => type === "PaymentCaptured",
    handle: (event, recorded) => {
      if (event._tag !== "PaymentCaptured" || !event.wanted) return undefined
      const { goods, orderId } = event
      const deliveryId = deliveryIdOf(orderId)
      return Effect.flatMap(causedBy(recorded, name), (meta) =>
        Effect.asVoid(answerWithin(
          deliveries(deliveryId).PrepareDelivery(
            PrepareDelivery.make({ meta, deliveryId, orderId, goods }, true)
          )
        )))
    }
  })
})

/** A parcel that has left is not called back: then the order's cancellation is refused. */
const cancelPolicy = Effect.gen(function*() {
  const feed = yield* OrderFeed
  const deliveries = yield* DeliveryEntity.client
  const name = "delivery.cancel"

  return Policy.make({
    name,
    feed,
    handles: (type) => type === "OrderCancellationRequested",
    handle: (event, recorded) => {
      if (event._tag !== "OrderCancellationRequested") return undefined
      const { orderId, reason } = event
      const deliveryId = deliveryIdOf(orderId)
      return Effect.flatMap(causedBy(recorded, name), (meta) =>
        answerWithin(
          deliveries(deliveryId).CancelDelivery(CancelDelivery.make({ meta, deliveryId, orderId, reason }))
        ).pipe(Effect.catchTag("DeliveryConflict", () => Effect.void), Effect.asVoid))
    }
  })
})

export const DeliveryPoliciesLive = Layer.mergeAll(
  Singleton.make("delivery.prepare", Effect.flatMap(preparePolicy, Policy.run), { shardGroup: "delivery" }),
  Singleton.make("delivery.cancel", Effect.flatMap(cancelPolicy, Policy.run), { shardGroup: "delivery" })
)
