import { accounts, cancelled, rejected, returned } from "./Evidence.ts"
import * as Check from "./Violation.ts"

/** Each paid order that was not cancelled has one delivery, and no other has any that left the house and stayed out. */
export const deliveries = Check.make("deliveries", "P3", function*(evidence) {
  for (const [subject, account] of accounts(evidence)) {
    const { captures, delivery, order } = account
    const prepared = delivery.filter((type) => type === "DeliveryPrepared").length
    const left = delivery.includes("DeliveryDispatched")
    const arrived = delivery.indexOf("DeliveryDelivered")
    if (arrived >= 0 && !delivery.slice(0, arrived).includes("DeliveryDispatched")) {
      yield [subject, "delivered, and it had never left"]
    }
    if (prepared > 1) yield [subject, `prepared ${prepared} times`]
    if (prepared > 0 && captures.length === 0) yield [subject, "prepared without a capture"]
    if (prepared === 0 && order.includes("OrderPaid") && !cancelled(account)) {
      yield [subject, "paid and never prepared"]
    }
    if (left && ((cancelled(account) && !returned(account)) || rejected(account))) {
      yield [subject, "dispatched, though the order ended"]
    }
    if (left && delivery.includes("DeliveryCancelled")) yield [subject, "dispatched and cancelled"]
    if (delivery.includes("DeliveryCancelled") && !cancelled(account)) {
      yield [subject, "the delivery was cancelled, and the order lives"]
    }
  }
})
