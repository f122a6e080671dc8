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
  readings: [...good.readings, ...(evidence.readings ?? [])],
  readStale: evidence.readStale ?? new Set()
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
  [
    "an order that looks younger once more, read from an older copy of the database",
    also({
      history: [operation("c", read(1), ok(1, "Registered", 1))],
      readStale: new Set([orderId(1)])
    })
  ],
  [
    "a cancellation that others see under way before it is answered",
    also({
      ...paid(4),
      orders: log("order", orderId(4), [
        "OrderRegistered",
        "OrderPaid",
        "OrderPreparing",
        "OrderCancellationRequested",
        "OrderCancelled"
      ]),
      payments: payment(4, "PaymentRequested", "PaymentCaptured", "RefundRequested", "PaymentRefunded"),
      deliveries: delivery(4, "DeliveryPrepared", "DeliveryCancelled"),
      ledger: [line(4, "charge.captured"), line(4, "charge.refunded")],
      history: [
        operation("d", place("k4"), ok(4, "Preparing", 3)),
        operation("e", read(4), ok(4, "Cancelling", 4)),
        operation("d", cancel(4), ok(4, "Cancelled", 5), 2)
      ]
    })
  ],
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
    "a cancellation that others see under way before it is refused",
    also({
      ...paid(4),
      orders: log("order", orderId(4), [
        "OrderRegistered",
        "OrderPaid",
        "OrderPreparing",
        "OrderCancellationRequested",
        "OrderCancellationRefused",
        "OrderDispatched"
      ]),
      deliveries: delivery(4, "DeliveryPrepared", "DeliveryDispatched"),
      history: [
        operation("d", place("k4"), ok(4, "Preparing", 3)),
        operation("e", read(4), ok(4, "Cancelling", 4)),
        operation("d", cancel(4), failed("OrderConflict"), 2),
        operation("e", read(4), ok(4, "Dispatched", 6))
      ]
    })
  ],
  [
    "an order whose parcel came back: it is cancelled and its money too",
    also({
      ...paid(4),
      orders: log("order", orderId(4), [
        "OrderRegistered",
        "OrderPaid",
        "OrderPreparing",
        "OrderDispatched",
        "OrderCancelled"
      ]),
      payments: payment(4, "PaymentRequested", "PaymentCaptured", "RefundRequested", "PaymentRefunded"),
      deliveries: delivery(4, "DeliveryPrepared", "DeliveryDispatched", "DeliveryFailed", "DeliveryReturned"),
      ledger: [line(4, "charge.captured"), line(4, "charge.refunded")],
      history: [
        operation("d", place("k4"), ok(4, "Dispatched", 4)),
        operation("d", cancel(4), failed("OrderConflict")),
        operation("d", read(4), ok(4, "Cancelled", 5)),
        operation("d", cancel(4), ok(4, "Cancelled", 5))
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

const bad: ReadonlyArray<
  readonly [check: string, title: string, details: ReadonlyArray<string>, evidence: Evidence]
> = [
  [
    "durability",
    "an order that was acknowledged and is gone",
    ["Place showed version 1, and the log has 0"],
    also({
      history: [operation("d", place("k9"), ok(9, "Registered", 1))]
    })
  ],
  [
    "durability",
    "a version that was shown and is gone",
    ["Read showed version 3, and the log has 2"],
    also({
      history: [operation("c", read(3), ok(3, "Rejected", 3))]
    })
  ],
  [
    "idempotency",
    "a key that made two orders",
    ["the key k1 had been given ord_00000000000000000000000001"],
    also({
      ...paid(4),
      history: [operation("a", place("k1"), ok(4, "Preparing", 3))]
    })
  ],
  [
    "idempotency",
    "a request that was answered and is refused when it is repeated",
    ["its request was answered, and refused with OrderConflict"],
    also({
      history: [operation("a", place("k1"), failed("OrderConflict"))]
    })
  ],
  [
    "idempotency",
    "a key that was taken for another request",
    ["the key k1 stood for another request"],
    also({
      history: [operation("a", place("k1", "9 of 1"), ok(1, "Delivered", 5))]
    })
  ],
  [
    "idempotency",
    "an order that two keys made",
    ["it answers to k1 and to k9"],
    also({
      history: [operation("a", place("k9"), ok(1, "Delivered", 5))]
    })
  ],
  [
    "charges",
    "a card that is charged twice",
    ["captured 2 times"],
    also({ ledger: [line(1, "charge.captured")] })
  ],
  ["charges", "a charge for nothing", [
    "captured, and nobody ordered",
    "captured, and our books do not say so"
  ], also({ ledger: [line(8, "charge.captured")] })],
  ["charges", "a charge of another amount", ["captured 9000 KRW for a price of 10000 KRW"], {
    ...good,
    ledger: good.ledger.map((entry, index) => index === 0 ? line(1, "charge.captured", 9_000) : entry)
  }],
  ["charges", "an order that is paid by nobody", ["paid, and the provider has no capture"], {
    ...good,
    ledger: good.ledger.slice(1)
  }],
  ["charges", "a capture that our books do not know", ["captured, and our books do not say so"], {
    ...also(paid(4)),
    payments: [...good.payments, ...payment(4, "PaymentRequested")]
  }],
  ["charges", "a capture that our books have twice", ["our books count 2 captures"], {
    ...also(paid(4)),
    payments: [...good.payments, ...payment(4, "PaymentRequested", "PaymentCaptured", "PaymentCaptured")]
  }],
  ["refunds", "a refund that is given twice", [
    "refunded 2 times",
    "our books count 1 refunds, the provider's 2"
  ], also({ ledger: [line(2, "charge.refunded")] })],
  ["refunds", "a refund of a part", ["refunded 9000 KRW of 10000 KRW"], {
    ...good,
    ledger: [...good.ledger.slice(0, 2), line(2, "charge.refunded", 9_000)]
  }],
  ["refunds", "a refund of what was never taken", [
    "refunded, and never captured",
    "our books count 0 refunds, the provider's 1"
  ], also({ ledger: [line(3, "charge.refunded")] })],
  ["refunds", "a cancelled order whose money is kept", [
    "ended, and the money is kept",
    "our books count 1 refunds, the provider's 0"
  ], { ...good, ledger: good.ledger.slice(0, 2) }],
  ["refunds", "a refund of an order that lives", [
    "refunded, and the order lives",
    "our books count 0 refunds, the provider's 1"
  ], also({ ledger: [line(1, "charge.refunded")] })],
  [
    "deliveries",
    "goods that are prepared twice",
    ["prepared 2 times"],
    also({ deliveries: delivery(1, "DeliveryPrepared") })
  ],
  [
    "deliveries",
    "goods that nobody paid",
    ["prepared without a capture"],
    also({ deliveries: delivery(3, "DeliveryPrepared") })
  ],
  ["deliveries", "a paid order without goods", ["paid and never prepared"], {
    ...good,
    deliveries: delivery(2, "DeliveryCancelled")
  }],
  [
    "deliveries",
    "a cancelled order that is sent",
    ["dispatched, though the order ended", "dispatched and cancelled"],
    also({
      deliveries: delivery(2, "DeliveryPrepared", "DeliveryDispatched")
    })
  ],
  [
    "deliveries",
    "an order that was cancelled while its parcel was out, and whose parcel came back later",
    ["dispatched, though the order ended"],
    also({
      deliveries: delivery(9, "DeliveryPrepared", "DeliveryDispatched", "DeliveryFailed", "DeliveryReturned"),
      orders: cancelledOrder(9),
      payments: payment(9, "PaymentRequested", "PaymentCaptured", "RefundRequested", "PaymentRefunded"),
      ledger: [line(9, "charge.captured"), line(9, "charge.refunded")]
    })
  ],
  [
    "deliveries",
    "a delivery that is cancelled under a living order",
    ["the delivery was cancelled, and the order lives"],
    also({
      ...paid(4),
      deliveries: delivery(4, "DeliveryPrepared", "DeliveryCancelled")
    })
  ],
  [
    "deliveries",
    "goods that are sent and taken back",
    ["dispatched and cancelled"],
    also({
      deliveries: delivery(7, "DeliveryPrepared", "DeliveryDispatched", "DeliveryCancelled"),
      ledger: [line(7, "charge.captured")]
    })
  ],
  [
    "liveness",
    "a paid order that is told of no delivery",
    ["it is paid, and the order does not know of its delivery"],
    also({
      orders: log("order", orderId(6), ["OrderRegistered", "OrderPaid"])
    })
  ],
  [
    "liveness",
    "a parcel of which the order does not know that it has left and arrived",
    ["it does not know of DeliveryDispatched", "it does not know of DeliveryDelivered"],
    also({
      ...paid(4),
      deliveries: delivery(4, "DeliveryPrepared", "DeliveryDispatched", "DeliveryDelivered")
    })
  ],
  [
    "liveness",
    "a parcel that came back, and its order is as if it had not",
    ["its parcel is back, and it lives"],
    also({
      ...paid(4),
      orders: log("order", orderId(4), ["OrderRegistered", "OrderPaid", "OrderPreparing", "OrderDispatched"]),
      deliveries: delivery(4, "DeliveryPrepared", "DeliveryDispatched", "DeliveryFailed", "DeliveryReturned")
    })
  ],
  [
    "deliveries",
    "goods that arrive and have never left",
    ["delivered, and it had never left"],
    also({
      ...paid(4),
      deliveries: delivery(4, "DeliveryPrepared", "DeliveryDelivered", "DeliveryDispatched")
    })
  ],
  ["versions", "a version that is missing", ["version 3 stands where 2 should"], {
    ...good,
    orders: good.orders.filter((_, index) => index !== 1)
  }],
  ["versions", "a version that two writers wrote", [
    "version 5 stands where 6 should",
    "the command c4 was recorded twice"
  ], also({ orders: good.orders.slice(4, 5) })],
  ["versions", "events of a stream that stand in the wrong order", [
    "version 2 stands where 1 should",
    "version 1 stands where 3 should",
    "version 6 stands where 1 should"
  ], {
    ...good,
    payments: good.payments.toReversed()
  }],
  [
    "versions",
    "a command that was recorded twice",
    ["the command x was recorded twice"],
    also({
      payments: payment(7, "PaymentVoided@x", "PaymentAttentionRaised@y", "PaymentAttentionCleared@x")
    })
  ],
  [
    "versions",
    "a command that was recorded twice in a row",
    ["the command x was recorded twice"],
    also({
      payments: payment(7, "PaymentVoided@x", "PaymentVoided@x")
    })
  ],
  [
    "linearizability",
    "an order that comes back from the dead",
    ["no order of its calls explains the answers"],
    also({
      history: [operation("c", read(3), ok(3, "Paid", 2))]
    })
  ],
  [
    "linearizability",
    "an order that was seen and then not found",
    ["no order of its calls explains the answers"],
    also({
      history: [operation("c", read(1), failed("OrderNotFound"))]
    })
  ],
  [
    "linearizability",
    "a cancellation that was refused although it was in time, and shows as such later",
    ["no order of its calls explains the answers"],
    also({
      ...paid(4),
      history: [
        operation("d", place("k4"), ok(4, "Paid", 2)),
        operation("d", cancel(4), failed("OrderConflict")),
        operation("d", read(4), ok(4, "Preparing", 3))
      ]
    })
  ],
  [
    "linearizability",
    "a cancellation that was refused although it took effect",
    ["no order of its calls explains the answers"],
    also({
      orders: cancelledOrder(5),
      history: [
        operation("e", place("k5"), ok(5, "PaymentPending", 2)),
        operation("e", cancel(5), failed("OrderConflict")),
        operation("e", read(5), ok(5, "Cancelled", 5))
      ]
    })
  ],
  [
    "linearizability",
    "a cancellation that was seen before it was asked for",
    ["no order of its calls explains the answers"],
    also({
      ...paid(4),
      history: [
        operation("d", place("k4"), ok(4, "Paid", 2)),
        operation("e", read(4), ok(4, "Cancelling", 4)),
        operation("d", cancel(4), ok(4, "Cancelled", 5))
      ]
    })
  ],
  ["readings", "a reader that is not given an event", ["4 came after 2"], {
    ...good,
    readings: [{ reader: "r", from: 0, received: [1, 2, 4, 5], log: 5 }]
  }],
  ["readings", "a reader that resumes one too far", ["5 came after 3"], {
    ...good,
    readings: [{ reader: "r", from: 3, received: [5], log: 5 }]
  }],
  ["readings", "a reader that is given what it had", ["3 was not asked for: it wanted what follows 3"], {
    ...good,
    readings: [{ reader: "r", from: 3, received: [3, 4, 5], log: 5 }]
  }],
  ["readings", "a reader that is left behind", ["it was left at 2 of 5"], {
    ...good,
    readings: [{ reader: "r", from: 0, received: [1, 2], log: 5 }]
  }],
  [
    "sessions",
    "reads that go back",
    ["a saw version 3 after 5"],
    also({ history: [operation("a", read(1), ok(1, "Preparing", 3))] })
  ],
  [
    "sessions",
    "one version that has two faces",
    ["version 5 was Delivered and Dispatched"],
    also({
      history: [operation("a", read(1), ok(1, "Dispatched", 5))]
    })
  ],
  [
    "liveness",
    "an order that waits for its payment for ever",
    ["nobody knows whether it is paid"],
    also({
      orders: log("order", orderId(6), ["OrderRegistered", "OrderPaymentPending"]),
      payments: payment(6, "PaymentRequested", "PaymentOutcomeUnknown")
    })
  ],
  [
    "liveness",
    "a cancellation that waits for ever",
    ["its cancellation waits"],
    also({
      ...paid(6),
      orders: log("order", orderId(6), ["OrderRegistered", "OrderPaid", "OrderCancellationRequested"])
    })
  ],
  ["liveness", "a refund that waits for ever", ["its refund waits"], {
    ...good,
    payments: good.payments.filter(({ type }) => type !== "PaymentRefunded")
  }],
  [
    "liveness",
    "a void that waits for ever",
    ["the void of its payment waits"],
    also({
      orders: log("order", orderId(6), ["OrderRegistered", "OrderRejected"]),
      payments: payment(6, "PaymentRequested", "PaymentFailed", "PaymentVoidRequested")
    })
  ],
  [
    "liveness",
    "an attention that was cleared too early",
    ["nobody knows whether it is paid"],
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

  it.each(bad)("%s finds %s", (name, _, details, evidence) => {
    const found = Checks.violations(evidence).filter(({ check }) => check === name)
    assert.deepStrictEqual(found.slice(0, details.length).map(({ detail }) => detail), details)
  })

  it("have each been tried with something bad", () => {
    const tried = new Set(bad.map(([name]) => name))
    assert.sameMembers(Checks.all.map(({ name }) => name), Array.from(tried))
  })
})
