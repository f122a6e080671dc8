/**
 * What happens to orders, in acts: in each the provider behaves in another way, and some orders live side by side.
 * Together they pass every crash point. Whoever plays goes on when the process has died and come back.
 */
import { type OrderId, PaymentId, paymentIdOf } from "@saucier/kernel/Ids"
import * as TypeId from "@saucier/kernel/TypeId"
import type { Preset } from "@saucier/payment/ProviderPresets"
import * as Effect from "effect/Effect"
import type { Customer } from "./Customer.ts"

type Part = (customer: Customer, key: string) => Effect.Effect<void>

export interface Act {
  readonly preset: Preset
  readonly parts: Readonly<Record<string, Part>>
}

const moneyBack = /"status":"(Refunded|Voided|Declined|Failed)"/

/** Orders, and plays on where there is an order. */
const ordered =
  (part: (customer: Customer, orderId: OrderId, key: string) => Effect.Effect<unknown>): Part =>
  (customer, key) =>
    Effect.flatMap(
      customer.place(key),
      (orderId) => orderId === undefined ? Effect.void : Effect.asVoid(part(customer, orderId, key))
    )

const delivered = ordered((customer, orderId) =>
  Effect.gen(function*() {
    yield* customer.reach(orderId, "Preparing")
    yield* customer.ask(`/payments/${paymentIdOf(orderId)}/inquire`, { method: "POST", body: "" })
    yield* customer.advance(orderId, "Dispatched")
    yield* customer.lookAtDelivery(orderId)
    yield* customer.advance(orderId, "Delivered")
    yield* customer.reach(orderId, "Delivered")
  })
)

const cancelled = ordered((customer, orderId, key) =>
  Effect.gen(function*() {
    yield* customer.place(key)
    yield* customer.reach(orderId, "Preparing")
    yield* customer.cancel(orderId)
    yield* customer.reach(orderId)
    yield* customer.payment(paymentIdOf(orderId), moneyBack)
  })
)

/** Asked for while the parcel leaves: delivery says which came first, and the order may not know yet. */
const cancelledTooLate = ordered((customer, orderId) =>
  Effect.gen(function*() {
    yield* customer.reach(orderId, "Preparing")
    yield* Effect.all([customer.advance(orderId, "Dispatched"), customer.cancel(orderId)], {
      concurrency: 2,
      discard: true
    })
    yield* customer.reach(orderId, "Dispatched")
    yield* customer.advance(orderId, "Failed", "Replanned", "Dispatched", "Failed", "Returned")
    yield* customer.reach(orderId, "Cancelled")
    yield* customer.payment(paymentIdOf(orderId), /"status":"Refunded"/)
  })
)

const mismatched = ordered((customer, orderId) =>
  Effect.gen(function*() {
    const paymentId = paymentIdOf(orderId)
    yield* customer.reach(orderId, "Preparing")
    yield* customer.webhook(paymentId, 1)
    yield* customer.ask(`/payments/${paymentId}/acknowledge`, { body: { note: "seen" } })
    yield* customer.payment(paymentId, /"attention":null/)
  })
)

const refundedLate = ordered((customer, orderId) =>
  Effect.gen(function*() {
    yield* customer.reach(orderId, "Preparing")
    yield* customer.behave("down")
    yield* customer.place(`${orderId}-down`)
    yield* customer.cancel(orderId)
    yield* customer.behave("instant")
    yield* customer.place(`${orderId}-down`)
    yield* customer.payment(paymentIdOf(orderId), moneyBack)
  })
)

const cancelledUnknown = ordered((customer, orderId) =>
  Effect.zipRight(customer.cancel(orderId), customer.reach(orderId))
)

/** Nobody answers for so long that the reminders fire, and then it is not wanted any more. */
const voided = ordered((customer, orderId) =>
  Effect.gen(function*() {
    yield* Effect.sleep("3500 millis")
    yield* customer.cancel(orderId)
    yield* customer.behave("instant")
    yield* customer.reach(orderId)
    yield* customer.payment(paymentIdOf(orderId), moneyBack)
  })
)

/** A charge that nobody here asked for, as after a restore; whoever gives it back may say so twice. */
const disowned: Part = (customer) =>
  Effect.gen(function*() {
    const paymentId = PaymentId.make(`pay_${yield* TypeId.generate}`)
    yield* customer.release(paymentId)
    yield* customer.release(paymentId)
  })

export const acts: ReadonlyArray<Act> = [
  {
    preset: "instant",
    parts: {
      delivered,
      cancelled,
      cancelledTooLate,
      cancelledTooLateAgain: cancelledTooLate,
      cancelledTooLateOnceMore: cancelledTooLate,
      mismatched,
      disowned
    }
  },
  { preset: "decline", parts: { declined: ordered(() => Effect.void) } },
  { preset: "instant", parts: { refundedLate } },
  {
    preset: "lost-reply",
    parts: { unknown: ordered((customer, orderId) => customer.reach(orderId, "Preparing")), cancelledUnknown }
  },
  { preset: "hang", parts: { voided } }
]
