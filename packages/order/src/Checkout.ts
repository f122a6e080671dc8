/** The fast path from registered to paid. What it leaves open, the policies on payment's feed finish. */
import type { Aggregate, Snapshot } from "@saucier/eventsourcing/Aggregate"
import * as Errand from "@saucier/eventsourcing/Errand"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as CommandMeta from "@saucier/kernel/CommandMeta"
import type { PaymentState } from "@saucier/payment/Payment"
import { PaymentEntity } from "@saucier/payment/PaymentEntity"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import {
  AwaitPayment,
  ConfirmPayment,
  type Order,
  type OrderCommand,
  type OrderRejection,
  type OrderState,
  RejectOrder
} from "./Order.ts"

/** The command that payment's state means for an order that waits, or undefined when it means nothing new. */
export const commandFor = (
  payment: PaymentState,
  meta: CommandMeta.CommandMeta
): OrderCommand | undefined => {
  if (payment._tag !== "Payment") return undefined
  switch (payment.status) {
    case "Captured":
      return ConfirmPayment.make({ meta }, true)
    case "Declined":
      return RejectOrder.make({ meta, reason: "payment-declined" }, true)
    case "Failed":
      return RejectOrder.make({ meta, reason: "payment-unavailable" }, true)
    case "Requested":
    case "Unknown":
      return AwaitPayment.make({ meta }, true)
    case "Voided":
    case "RefundRequested":
    case "Refunded":
      return undefined
  }
}

export const make = Effect.map(
  PaymentEntity.client,
  (payments) => (order: Aggregate<OrderCommand, OrderState, OrderRejection>) => {
    const ask = (open: Order, meta: CommandMeta.CommandMeta, deadline: number) =>
      Effect.gen(function*() {
        const { goods, orderId, paymentId, price } = open
        const left = deadline - (yield* Clock.currentTimeMillis)
        const request = yield* CommandMeta.follow(meta, "pay")
        const { state } = yield* Errand.within(
          payments(paymentId).RequestPayment({ meta: request, paymentId, orderId, amount: price, goods }),
          Math.max(0, left),
          () => new Cause.TimeoutException()
        )
        return commandFor(state, yield* CommandMeta.follow(meta, "paid"))
      })

    /** A payment that does not answer in time is slow, not down: the order waits for its outcome. */
    const waiting = (meta: CommandMeta.CommandMeta) =>
      Effect.map(CommandMeta.follow(meta, "wait"), (meta) => AwaitPayment.make({ meta }, true))

    return (
      registered: Snapshot<OrderState>,
      meta: CommandMeta.CommandMeta,
      deadline: number
    ): Effect.Effect<Snapshot<OrderState>, OrderRejection | EventStoreUnavailable> =>
      Effect.gen(function*() {
        const { state } = registered
        if (state._tag === "Empty" || (state.status !== "Registered" && state.status !== "PaymentPending")) {
          return registered
        }
        const command = yield* ask(state, meta, deadline).pipe(Effect.catchAll(() => waiting(meta)))
        return command === undefined ? registered : yield* order.execute(command)
      })
  }
)
