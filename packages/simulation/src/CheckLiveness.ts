import { accounts } from "./Evidence.ts"
import * as Check from "./Violation.ts"

/** What delivery records, and what the order is to record of it. */
const stages = [["DeliveryDispatched", "OrderDispatched"], ["DeliveryDelivered", "OrderDelivered"]] as const

const last = (types: ReadonlyArray<string>, ...wanted: ReadonlyArray<string>) =>
  Math.max(...wanted.map((type) => types.lastIndexOf(type)))

/** At rest nothing waits any more, unless it asks for attention. */
export const liveness = Check.make("liveness", "P9", function*(evidence) {
  for (const [subject, { delivery, order, payment }] of accounts(evidence)) {
    const has = (type: string) => order.includes(type)
    const attention = last(payment, "PaymentAttentionRaised") > last(payment, "PaymentAttentionCleared")
    if (order.length === 0 || attention) continue
    const ended = has("OrderRejected") || has("OrderCancelled")
    if (!ended && !has("OrderPaid")) yield [subject, "nobody knows whether it is paid"]
    const asked = last(order, "OrderCancellationRequested")
    if (asked > last(order, "OrderCancelled", "OrderCancellationRefused")) {
      yield [subject, "its cancellation waits"]
    }
    if (has("OrderPaid") && !ended && !has("OrderPreparing") && asked < 0) {
      yield [subject, "it is paid, and the order does not know of its delivery"]
    }
    if (!ended && delivery.includes("DeliveryReturned")) yield [subject, "its parcel is back, and it lives"]
    for (const [there, here] of stages) {
      if (!ended && delivery.includes(there) && !has(here)) yield [subject, `it does not know of ${there}`]
    }
    const told = last(payment, "PaymentVoided", "PaymentCaptured", "PaymentDeclined")
    if (last(payment, "PaymentVoidRequested") > told) yield [subject, "the void of its payment waits"]
    if (payment.includes("RefundRequested") && !payment.includes("PaymentRefunded")) {
      yield [subject, "its refund waits"]
    }
  }
})
