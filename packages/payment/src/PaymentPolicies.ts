/** What payments learn from orders, and when they ask the provider again. */
import * as Singleton from "@effect/cluster/Singleton"
import * as Ask from "@saucier/eventsourcing/Ask"
import { causedBy } from "@saucier/eventsourcing/Causation"
import type { StreamId } from "@saucier/eventsourcing/Event"
import * as Policy from "@saucier/eventsourcing/Policy"
import * as Reminder from "@saucier/eventsourcing/Reminder"
import { paymentIdOf } from "@saucier/kernel/Ids"
import * as RequestMeta from "@saucier/kernel/RequestMeta"
import type { OrderEvent, OrderStatus } from "@saucier/order/Order"
import { OrderEntity } from "@saucier/order/OrderEntity"
import { OrderFeed } from "@saucier/order/OrderFeed"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import type { PaymentEvent } from "./Payment.ts"
import { PaymentEntity } from "./PaymentEntity.ts"
import { PaymentFeed } from "./PaymentFeed.ts"

const answerWithin = Ask.within("payment", "10 seconds")

const reasonOf = (event: OrderEvent) => {
  if (event._tag !== "OrderCancelled") return "the order was rejected"
  return event.returned === true ? "the parcel came back" : "the order was cancelled"
}

/** An order that ended wants no payment: what is open is voided, what was captured goes back. */
const releasePolicy = Effect.gen(function*() {
  const feed = yield* OrderFeed
  const payments = yield* PaymentEntity.client
  const name = "payment.release"

  return Policy.make({
    name,
    feed,
    handles: (type) => type === "OrderRejected" || type === "OrderCancelled",
    handle: (event, recorded) =>
      Effect.flatMap(causedBy(recorded, name), (meta) => {
        const { orderId } = event
        const paymentId = paymentIdOf(orderId)
        const reason = reasonOf(event)
        return Effect.asVoid(
          answerWithin(payments(paymentId).ReleasePayment({ meta, paymentId, orderId, reason }))
        )
      })
  })
})

/** How long after its registration an order whose own request has not come to anything is asked about. */
const requestAfter = 3000

/** The safety net under the order's own request: whoever dies in between, a registered order gets its payment. */
const requestReminder = Effect.gen(function*() {
  const feed = yield* OrderFeed
  const orders = yield* OrderEntity.client
  const payments = yield* PaymentEntity.client
  const name = "payment.request"

  const schedule = (event: OrderEvent): Reminder.Timing =>
    event._tag === "OrderRegistered"
      ? { _tag: "At", dueAt: event.at.epochMillis + requestAfter }
      : { _tag: "Clear" }

  const waits = (status: OrderStatus) => status === "Registered" || status === "PaymentPending"

  const fire = (streamId: StreamId) =>
    Effect.gen(function*() {
      const { state } = yield* answerWithin(orders(streamId.slice("order-".length)).GetOrder())
      if (state._tag === "Empty" || !waits(state.status)) return
      const { goods, orderId, paymentId, price } = state
      const asked = yield* answerWithin(payments(paymentId).GetPayment())
      if (asked.state._tag !== "Empty") return
      const meta = yield* RequestMeta.make(`${name}:${orderId}`, `policy:${name}`)
      yield* answerWithin(
        payments(paymentId).RequestPayment({ meta, paymentId, orderId, amount: price, goods })
      )
    })

  const follows: ReadonlySet<string> = new Set<OrderEvent["_tag"]>([
    "OrderRegistered",
    "OrderPaid",
    "OrderRejected",
    "OrderCancelled"
  ])

  return Reminder.make({ name, feed, handles: (type) => follows.has(type), schedule, fire })
})

/** Names the reminder, stable for ever. */
export const settle = "payment.settle"

/** Longer than an attempt may take, so that a payment in good hands is not asked about. */
const settleAfter = 5000

/** No faster than a bank bears, no slower than a customer who waits for an outcome. */
const settleAgain = Schedule.union(Schedule.exponential("1 second"), Schedule.spaced("15 seconds")).pipe(
  Schedule.jittered
)

/** A payment that a crash left open, an outcome nobody knows, a refund that is owed: asked about until it is settled. */
const settleReminder = Effect.gen(function*() {
  const feed = yield* PaymentFeed
  const payments = yield* PaymentEntity.client

  const schedule = (event: PaymentEvent): Reminder.Timing | undefined => {
    switch (event._tag) {
      case "PaymentRequested":
        return { _tag: "At", dueAt: event.at.epochMillis + settleAfter }
      case "PaymentOutcomeUnknown":
      case "PaymentVoidRequested":
      case "RefundRequested":
        return { _tag: "At", dueAt: event.at.epochMillis + 1000 }
      case "RefundDelayed":
      case "PaymentAttentionRaised":
      case "PaymentAttentionCleared":
        return undefined
      case "PaymentCaptured":
      case "PaymentDeclined":
      case "PaymentFailed":
      case "PaymentVoided":
      case "PaymentRefunded":
        return { _tag: "Clear" }
    }
  }

  return Reminder.make({
    name: settle,
    feed,
    schedule,
    again: settleAgain,
    fire: (streamId) => Effect.asVoid(answerWithin(payments(streamId.slice("payment-".length)).Settle()))
  })
})

export const PaymentPoliciesLive = Layer.mergeAll(
  Singleton.make("payment.release", Effect.flatMap(releasePolicy, Policy.run), { shardGroup: "payment" }),
  Singleton.make("payment.request", Effect.flatMap(requestReminder, Reminder.run), { shardGroup: "payment" }),
  Singleton.make(settle, Effect.flatMap(settleReminder, Reminder.run), { shardGroup: "payment" })
)
