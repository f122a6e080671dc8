import { accounts } from "./Evidence.ts"
import * as Check from "./Violation.ts"

/** What delivery records, and what the order is to record of it. */
const stages = [["DeliveryDispatched", "OrderDispatched"], ["DeliveryDelivered", "OrderDelivered"]] as const

/** At rest nothing waits any more, unless it asks for attention. */
export const liveness = Check.make("liveness", "P9", function*(evidence) {
  for (const [subject, { delivery, order, payment }] of accounts(evidence)) {
    const has = (type: string) => order.includes(type)
    const attention = payment.lastIndexOf("PaymentAttentionRaised") >
      payment.lastIndexOf("PaymentAttentionCleared")
    if (order.length === 0 || attention) continue
    const ended = has("OrderRejected") || has("OrderCancelled")
    if (!ended && !has("OrderPaid")) yield [subject, "nobody knows whether it is paid"]
    const asked = order.lastIndexOf("OrderCancellationRequested")
    const answered = Math.max(
      order.lastIndexOf("OrderCancelled"),
      order.lastIndexOf("OrderCancellationRefused")
    )
    if (asked > answered) yield [subject, "its cancellation waits"]
    if (has("OrderPaid") && !ended && !has("OrderPreparing") && asked < 0) {
      yield [subject, "it is paid, and the order does not know of its delivery"]
    }
    if (!ended && delivery.includes("DeliveryReturned")) yield [subject, "its parcel is back, and it lives"]
    for (const [there, here] of stages) {
      if (!ended && delivery.includes(there) && !has(here)) yield [subject, `it does not know of ${there}`]
    }
    if (payment.includes("RefundRequested") && !payment.includes("PaymentRefunded")) {
      yield [subject, "its refund waits"]
    }
  }
})
