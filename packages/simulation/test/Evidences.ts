/** Evidence made by hand: a day on which all went well, in words of which each can be replaced by a wrong one. */
import { StreamId, Version } from "@saucier/eventsourcing/Event"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as Ids from "@saucier/kernel/Ids"
import { MinorUnits } from "@saucier/kernel/Money"
import type { OrderStatus } from "@saucier/order/Order"
import type { LedgerLine } from "@saucier/payment/ProviderLedger"
import type { Evidence, Log } from "@saucier/simulation/Evidence"
import type { Call, Operation, Outcome } from "@saucier/simulation/History"
import * as DateTime from "effect/DateTime"

const digit = (n: number) => "0123456789abcdefghjkmnpqrstvwxyz".charAt(n)
export const orderId = (n: number) => Ids.orderId(`${"0".repeat(25)}${digit(n)}`)

export const won = (amount: number) => ({ amount: MinorUnits.make(amount), currency: "KRW" as const })

/** `Type` or `Type@command`: without a command each event has its own. */
export const log = (category: string, id: string, types: ReadonlyArray<string>, price = 10_000): Log =>
  types.map((text, index) => {
    const [type = "", command = `c${index}`] = text.split("@")
    return {
      streamId: StreamId.make(`${category}-${id}`),
      version: Version.make(index + 1),
      type,
      commandId: CommandId.make(command),
      data: type === "OrderRegistered" ? { price: won(price) } : {}
    }
  })

export const line = (n: number, type: LedgerLine["type"], amount = 10_000): LedgerLine => ({
  key: Ids.paymentIdOf(orderId(n)),
  orderId: orderId(n),
  type,
  amount: won(amount),
  at: DateTime.unsafeMake(0)
})

let moments = 0

/** One call after the other, unless `during` moves its beginning before so many moments of others. */
export const operation = (client: string, call: Call, outcome: Outcome, during = 0): Operation => {
  moments += 2
  return { client, call, outcome, invoked: moments - 2 - during, completed: moments - 1, at: 0, took: 1 }
}

export const ok = (n: number, status: OrderStatus, version: number): Outcome => ({
  _tag: "Ok",
  seen: { orderId: orderId(n), status, version }
})
export const unknown: Outcome = { _tag: "Unknown", detail: "no answer" }
export const failed = (code: string): Outcome => ({ _tag: "Failed", code })

export const place = (key: string | null, request = "10 of 1"): Call => ({ _tag: "Place", key, request })
export const read = (n: number): Call => ({ _tag: "Read", orderId: orderId(n) })
export const cancel = (n: number): Call => ({ _tag: "Cancel", orderId: orderId(n) })

export const delivered = (n: number) =>
  log("order", orderId(n), [
    "OrderRegistered",
    "OrderPaid",
    "OrderPreparing",
    "OrderDispatched",
    "OrderDelivered"
  ])
export const cancelledOrder = (n: number) =>
  log("order", orderId(n), [
    "OrderRegistered",
    "OrderPaymentPending",
    "OrderCancellationRequested",
    "OrderPaid",
    "OrderCancelled"
  ])

const payment = (n: number, ...types: ReadonlyArray<string>) =>
  log("payment", Ids.paymentIdOf(orderId(n)), types)
const delivery = (n: number, ...types: ReadonlyArray<string>) =>
  log("delivery", Ids.deliveryIdOf(orderId(n)), types)

/** Order 1 is delivered, order 2 cancelled and refunded, order 3 declined. */
export const good: Evidence = {
  history: [
    operation("a", place("k1"), unknown),
    operation("a", place("k1"), ok(1, "Paid", 2)),
    operation("a", read(1), ok(1, "Preparing", 3)),
    operation("b", place("k2"), ok(2, "PaymentPending", 2)),
    operation("b", cancel(2), ok(2, "Cancelled", 5)),
    operation("a", read(1), ok(1, "Delivered", 5)),
    operation("c", place("k3"), ok(3, "Rejected", 2)),
    operation("c", cancel(3), failed("OrderConflict"))
  ],
  orders: [
    ...delivered(1),
    ...cancelledOrder(2),
    ...log("order", orderId(3), ["OrderRegistered", "OrderRejected"])
  ],
  payments: [
    ...payment(1, "PaymentRequested", "PaymentCaptured"),
    ...payment(
      2,
      "PaymentRequested",
      "PaymentOutcomeUnknown",
      "PaymentVoidRequested",
      "PaymentCaptured@settle",
      "RefundRequested@settle",
      "PaymentRefunded"
    ),
    ...payment(3, "PaymentRequested", "PaymentDeclined")
  ],
  deliveries: [
    ...delivery(1, "DeliveryPrepared", "DeliveryDispatched", "DeliveryDelivered"),
    ...delivery(2, "DeliveryCancelled")
  ],
  ledger: [line(1, "charge.captured"), line(2, "charge.captured"), line(2, "charge.refunded")],
  readings: [
    { reader: "from the beginning", from: 0, received: [1, 2, 3, 2, 3, 4, 5], log: 5 },
    { reader: "from 4", from: 4, received: [5], log: 5 }
  ]
}

export const more = { payment, delivery }
