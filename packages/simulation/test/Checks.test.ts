import { assert, describe, it } from "@effect/vitest"
import * as Checks from "@saucier/simulation/Checks"
import type { Evidence } from "@saucier/simulation/Evidence"
import {
  cancel,
  cancelledOrder,
  failed,
  good,
  line,
  log,
  more,
  ok,
  operation,
  orderId,
  place,
  read,
  unknown
} from "./Evidences.ts"

const { delivery, payment } = more

const also = (evidence: Partial<Evidence>): Evidence => ({
  history: [...good.history, ...(evidence.history ?? [])],
  orders: [...good.orders, ...(evidence.orders ?? [])],
  payments: [...good.payments, ...(evidence.payments ?? [])],
  deliveries: [...good.deliveries, ...(evidence.deliveries ?? [])],
  ledger: [...good.ledger, ...(evidence.ledger ?? [])],
  readings: [...good.readings, ...(evidence.readings ?? [])]
})

/** An order of its own that is paid, its goods prepared. */
const paid = (n: number): Partial<Evidence> => ({
  orders: log("order", orderId(n), ["OrderRegistered", "OrderPaid", "OrderPreparing"]),
  payments: payment(n, "PaymentRequested", "PaymentCaptured"),
  deliveries: delivery(n, "DeliveryPrepared"),
  ledger: [line(n, "charge.captured")]
})

const fine: ReadonlyArray<readonly [title: string, evidence: Evidence]> = [
  ["a day on which all went well", good],
  ["an order that stays where it is while its delivery is under way", also(paid(4))],
  [
    "a key that is used anew after its order was rejected",
    also({
      ...paid(4),
      history: [operation("c", place("k3"), ok(4, "Preparing", 3))]
    })
  ],
  [
    "two callers at once, of whom the first to answer saw less",
    also({
      history: [
        operation("a", read(1), ok(1, "Delivered", 5)),
        operation("b", read(1), ok(1, "Dispatched", 4), 20)
      ]
    })
  ],
  [
    "a cancellation without an answer that took effect later",
    also({
      orders: cancelledOrder(5),
      deliveries: delivery(5, "DeliveryCancelled"),
      payments: payment(
        5,
        "PaymentRequested",
        "PaymentCaptured",
        "RefundRequested",
        "PaymentRefunded"
      ),
      ledger: [line(5, "charge.captured"), line(5, "charge.refunded")],
      history: [
        operation("e", place("k5"), ok(5, "PaymentPending", 2)),
        operation("e", cancel(5), unknown),
        operation("e", read(5), ok(5, "PaymentPending", 2)),
        operation("e", read(5), ok(5, "Cancelled", 5))
      ]
    })
  ],
  [
    "an order that nobody can settle and that asks for attention",
    also({
      orders: log("order", orderId(6), ["OrderRegistered", "OrderPaymentPending"]),
      payments: payment(6, "PaymentRequested", "PaymentOutcomeUnknown", "PaymentAttentionRaised")
    })
  ]
]

const bad: ReadonlyArray<readonly [check: string, title: string, evidence: Evidence]> = [
  [
    "durability",
    "an order that was acknowledged and is gone",
    also({
      history: [operation("d", place("k9"), ok(9, "Registered", 1))]
    })
  ],
  [
    "durability",
    "a version that was shown and is gone",
    also({
      history: [operation("c", read(3), ok(3, "Rejected", 3))]
    })
  ],
  [
    "idempotency",
    "a key that made two orders",
    also({
      ...paid(4),
      history: [operation("a", place("k1"), ok(4, "Preparing", 3))]
    })
  ],
  [
    "idempotency",
    "a key that was taken for another request",
    also({
      history: [operation("a", place("k1", "9 of 1"), ok(1, "Delivered", 5))]
    })
  ],
  [
    "idempotency",
    "an order that two keys made",
    also({
      history: [operation("a", place("k9"), ok(1, "Delivered", 5))]
    })
  ],
  ["charges", "a card that is charged twice", also({ ledger: [line(1, "charge.captured")] })],
  ["charges", "a charge for nothing", also({ ledger: [line(8, "charge.captured")] })],
  ["charges", "a charge of another amount", {
    ...good,
    ledger: good.ledger.map((entry, index) => index === 0 ? line(1, "charge.captured", 9_000) : entry)
  }],
  ["charges", "an order that is paid by nobody", { ...good, ledger: good.ledger.slice(1) }],
  ["charges", "a capture that our books do not know", {
    ...also(paid(4)),
    payments: [...good.payments, ...payment(4, "PaymentRequested")]
  }],
  ["charges", "a capture that our books have twice", {
    ...also(paid(4)),
    payments: [...good.payments, ...payment(4, "PaymentRequested", "PaymentCaptured", "PaymentCaptured")]
  }],
  ["refunds", "a refund that is given twice", also({ ledger: [line(2, "charge.refunded")] })],
  ["refunds", "a refund of a part", {
    ...good,
    ledger: [...good.ledger.slice(0, 2), line(2, "charge.refunded", 9_000)]
  }],
  ["refunds", "a refund of what was never taken", also({ ledger: [line(3, "charge.refunded")] })],
  ["refunds", "a cancelled order whose money is kept", { ...good, ledger: good.ledger.slice(0, 2) }],
  ["refunds", "a refund of an order that lives", also({ ledger: [line(1, "charge.refunded")] })],
  ["deliveries", "goods that are prepared twice", also({ deliveries: delivery(1, "DeliveryPrepared") })],
  ["deliveries", "goods that nobody paid", also({ deliveries: delivery(3, "DeliveryPrepared") })],
  ["deliveries", "a paid order without goods", {
    ...good,
    deliveries: delivery(2, "DeliveryCancelled")
  }],
  [
    "deliveries",
    "a cancelled order that is sent",
    also({
      deliveries: delivery(2, "DeliveryPrepared", "DeliveryDispatched")
    })
  ],
  [
    "deliveries",
    "a delivery that is cancelled under a living order",
    also({
      ...paid(4),
      deliveries: delivery(4, "DeliveryPrepared", "DeliveryCancelled")
    })
  ],
  ["versions", "a version that is missing", {
    ...good,
    orders: good.orders.filter((_, index) => index !== 1)
  }],
  ["versions", "a version that two writers wrote", also({ orders: good.orders.slice(4, 5) })],
  ["versions", "events of a stream that stand in the wrong order", {
    ...good,
    payments: good.payments.toReversed()
  }],
  [
    "versions",
    "a command that was recorded twice",
    also({
      payments: payment(7, "PaymentVoided@x", "PaymentAttentionRaised@y", "PaymentAttentionCleared@x")
    })
  ],
  [
    "versions",
    "a command that was recorded twice in a row",
    also({
      payments: payment(7, "PaymentVoided@x", "PaymentVoided@x")
    })
  ],
  [
    "linearizability",
    "an order that comes back from the dead",
    also({
      history: [operation("c", read(3), ok(3, "Paid", 2))]
    })
  ],
  [
    "linearizability",
    "an order that was seen and then not found",
    also({
      history: [operation("c", read(1), failed("OrderNotFound"))]
    })
  ],
  [
    "linearizability",
    "a cancellation that was refused although it was in time, and shows as such later",
    also({
      ...paid(4),
      history: [
        operation("d", place("k4"), ok(4, "Paid", 2)),
        operation("d", cancel(4), failed("OrderConflict")),
        operation("d", read(4), ok(4, "Preparing", 3))
      ]
    })
  ],
  ["readings", "a reader that is not given an event", {
    ...good,
    readings: [{ reader: "r", from: 0, received: [1, 2, 4, 5], log: 5 }]
  }],
  ["readings", "a reader that resumes one too far", {
    ...good,
    readings: [{ reader: "r", from: 3, received: [5], log: 5 }]
  }],
  ["readings", "a reader that is given what it had", {
    ...good,
    readings: [{ reader: "r", from: 3, received: [3, 4, 5], log: 5 }]
  }],
  ["readings", "a reader that is left behind", {
    ...good,
    readings: [{ reader: "r", from: 0, received: [1, 2], log: 5 }]
  }],
  ["sessions", "reads that go back", also({ history: [operation("a", read(1), ok(1, "Preparing", 3))] })],
  [
    "sessions",
    "one version that has two faces",
    also({
      history: [operation("a", read(1), ok(1, "Dispatched", 5))]
    })
  ],
  [
    "liveness",
    "an order that waits for its payment for ever",
    also({
      orders: log("order", orderId(6), ["OrderRegistered", "OrderPaymentPending"]),
      payments: payment(6, "PaymentRequested", "PaymentOutcomeUnknown")
    })
  ],
  [
    "liveness",
    "a cancellation that waits for ever",
    also({
      ...paid(6),
      orders: log("order", orderId(6), ["OrderRegistered", "OrderPaid", "OrderCancellationRequested"])
    })
  ],
  ["liveness", "a refund that waits for ever", {
    ...good,
    payments: good.payments.filter(({ type }) => type !== "PaymentRefunded")
  }],
  [
    "liveness",
    "an attention that was cleared too early",
    also({
      orders: log("order", orderId(6), ["OrderRegistered"]),
      payments: payment(6, "PaymentRequested", "PaymentAttentionRaised", "PaymentAttentionCleared")
    })
  ]
]

describe("the checks", () => {
  it.each(fine)("find nothing in %s", (_, evidence) => {
    assert.deepStrictEqual(Checks.violations(evidence), [])
  })

  it.each(bad)("%s finds %s", (name, _, evidence) => {
    const found = Checks.violations(evidence).filter(({ check }) => check === name)
    assert.isNotEmpty(found)
  })

  it("have each been tried with something bad", () => {
    const tried = new Set(bad.map(([name]) => name))
    assert.sameMembers(Checks.all.map(({ name }) => name), Array.from(tried))
  })
})
