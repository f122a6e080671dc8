/** What orders learn from payments and deliveries, whatever happened to the caller who waited. */
import * as Singleton from "@effect/cluster/Singleton"
import type { DeliveryEvent } from "@saucier/delivery/Delivery"
import { DeliveryFeed } from "@saucier/delivery/DeliveryFeed"
import * as Ask from "@saucier/eventsourcing/Ask"
import { causedBy } from "@saucier/eventsourcing/Causation"
import { StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as Policy from "@saucier/eventsourcing/Policy"
import type { CommandMeta } from "@saucier/kernel/CommandMeta"
import type { PaymentEvent } from "@saucier/payment/Payment"
import { PaymentFeed } from "@saucier/payment/PaymentFeed"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import {
  ConfirmCancellation,
  type DeliveryStage,
  type OrderEvent,
  ReturnOrder,
  TrackDelivery
} from "./Order.ts"
import { OrderEntity } from "./OrderEntity.ts"

const answerWithin = Ask.within("order", "10 seconds")

/** What an order has recorded once it knows of a payment's end. */
const knownAs: Partial<Record<PaymentEvent["_tag"], OrderEvent["_tag"]>> = {
  PaymentCaptured: "OrderPaid",
  PaymentDeclined: "OrderRejected",
  PaymentFailed: "OrderRejected"
}

const paymentPolicy = Effect.gen(function*() {
  const feed = yield* PaymentFeed
  const store = yield* EventStore
  const orders = yield* OrderEntity.client
  const name = "order.payment"

  const command = (event: PaymentEvent, meta: CommandMeta) => {
    const order = orders(event.orderId)
    switch (event._tag) {
      case "PaymentCaptured":
        return event.wanted ? order.ConfirmPayment({ meta }) : Effect.void
      case "PaymentDeclined":
        return order.RejectOrder({ meta, reason: "payment-declined" })
      case "PaymentFailed":
        return order.RejectOrder({ meta, reason: "payment-unavailable" })
      case "PaymentOutcomeUnknown":
        return order.AwaitPayment({ meta })
      case "PaymentRequested":
      case "PaymentVoidRequested":
      case "PaymentVoided":
      case "RefundRequested":
      case "RefundDelayed":
      case "PaymentRefunded":
      case "PaymentAttentionRaised":
      case "PaymentAttentionCleared":
        return Effect.void
    }
  }

  /** Nearly always the order has told itself, and what is recorded stays so: a look costs less than to ask it again. */
  const isKnown = ({ _tag, orderId }: PaymentEvent) => {
    const known = knownAs[_tag]
    return known === undefined
      ? Effect.succeed(false)
      : Effect.map(
        store.read(StreamId.make(`order-${orderId}`), Version.make(1)),
        (events) => events.some(({ type }) => type === known)
      )
  }

  return Policy.make({
    name,
    feed,
    handles: (type) => type === "PaymentOutcomeUnknown" || type in knownAs,
    handle: (event, recorded) =>
      Effect.if(isKnown(event), {
        onTrue: () => Effect.void,
        onFalse: () =>
          Effect.flatMap(
            causedBy(recorded, name),
            (meta) => Effect.asVoid(answerWithin(command(event, meta)))
          )
      })
  })
})

const stages: Partial<Record<DeliveryEvent["_tag"], DeliveryStage>> = {
  DeliveryPrepared: "Preparing",
  DeliveryDispatched: "Dispatched",
  DeliveryDelivered: "Delivered"
}

const deliveryPolicy = Effect.gen(function*() {
  const feed = yield* DeliveryFeed
  const orders = yield* OrderEntity.client
  const name = "order.delivery"

  return Policy.make({
    name,
    feed,
    handles: (type) => type === "DeliveryCancelled" || type in stages,
    handle: (event, recorded) =>
      Effect.flatMap(causedBy(recorded, name), (meta) => {
        const stage = stages[event._tag]
        const order = orders(event.orderId)
        return Effect.asVoid(answerWithin(
          stage === undefined
            ? order.ConfirmCancellation(ConfirmCancellation.make({ meta }))
            : order.TrackDelivery(TrackDelivery.make({ meta, stage }, true))
        ))
      })
  })
})

const returned: DeliveryEvent["_tag"] = "DeliveryReturned"

/** A parcel that came back ends its order, and with it its payment. */
const returnPolicy = Effect.gen(function*() {
  const feed = yield* DeliveryFeed
  const orders = yield* OrderEntity.client
  const name = "order.return"

  return Policy.make({
    name,
    feed,
    handles: (type) => type === returned,
    handle: ({ orderId }, recorded) =>
      Effect.flatMap(
        causedBy(recorded, name),
        (meta) => Effect.asVoid(answerWithin(orders(orderId).ReturnOrder(ReturnOrder.make({ meta }, true))))
      )
  })
})

export const OrderPoliciesLive = Layer.mergeAll(
  Singleton.make("order.payment", Effect.flatMap(paymentPolicy, Policy.run), { shardGroup: "order" }),
  Singleton.make("order.delivery", Effect.flatMap(deliveryPolicy, Policy.run), { shardGroup: "order" }),
  Singleton.make("order.return", Effect.flatMap(returnPolicy, Policy.run), { shardGroup: "order" })
)
