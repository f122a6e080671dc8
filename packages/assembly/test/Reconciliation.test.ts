import { assert, describe, it } from "@effect/vitest"
import * as Reconciliation from "@saucier/assembly/Reconciliation"
import * as ReconciliationTally from "@saucier/assembly/ReconciliationTally"
import { Delivery, type DeliveryStatus } from "@saucier/delivery/Delivery"
import * as Ids from "@saucier/kernel/Ids"
import { MinorUnits, type Money } from "@saucier/kernel/Money"
import { Order, type OrderStatus } from "@saucier/order/Order"
import { Payment, type PaymentStatus } from "@saucier/payment/Payment"
import { LedgerLine } from "@saucier/payment/ProviderLedger"
import * as Arbitrary from "effect/Arbitrary"
import * as FastCheck from "effect/FastCheck"

const orderId = Ids.orderId("01m82f82jafsf9wwh0atkns8r4")
const paymentId = Ids.paymentIdOf(orderId)
const won = (amount: number): Money => ({ amount: MinorUnits.make(amount), currency: "KRW" })
const total = won(10_000)

const [someOrder] = FastCheck.sample(Arbitrary.make(Order), { numRuns: 1, seed: 1 })
const [somePayment] = FastCheck.sample(Arbitrary.make(Payment), { numRuns: 1, seed: 1 })
const [someDelivery] = FastCheck.sample(Arbitrary.make(Delivery), { numRuns: 1, seed: 1 })

const order = (status: OrderStatus): Order => {
  assert.isDefined(someOrder)
  return { ...someOrder, orderId, paymentId, price: total, status }
}
const payment = (status: PaymentStatus, more: Partial<Payment> = {}): Payment => {
  assert.isDefined(somePayment)
  const taken = status === "Captured" || status === "RefundRequested" || status === "Refunded"
  return {
    ...somePayment,
    orderId,
    paymentId,
    amount: total,
    captured: taken ? total : null,
    attention: null,
    status,
    ...more
  }
}
const delivery = (status: DeliveryStatus): Delivery => {
  assert.isDefined(someDelivery)
  return { ...someDelivery, status }
}
const charge = (captures: ReadonlyArray<Money>, refunds: ReadonlyArray<Money> = []) => ({
  captures,
  refunds,
  ended: null
})
const none = Reconciliation.noCharge
const entry = (
  order: Order | undefined,
  payment: Reconciliation.Entry["payment"],
  charge: Reconciliation.Charge,
  goods: Reconciliation.Entry["delivery"] = delivery("Preparing")
): Reconciliation.Entry => ({ order, payment, charge, delivery: goods, at: 0 })

const empty = { _tag: "Empty" } as const
const taken = charge([total])
const givenBack = charge([total], [total])

describe("reconciliation", () => {
  it.each<readonly [Reconciliation.Kind | undefined, Reconciliation.Settler, Reconciliation.Entry]>([
    ["charged-twice", "clerk", entry(order("Paid"), payment("Captured"), charge([total, total]))],
    ["charged-unasked", "clerk", entry(undefined, empty, taken)],
    ["amount-differs", "clerk", entry(order("PaymentPending"), payment("Unknown"), charge([won(9_000)]))],
    ["capture-missing", "clerk", entry(order("Paid"), payment("Captured"), none)],
    ["refund-missing", "clerk", entry(order("Cancelled"), payment("Refunded"), taken)],
    ["capture-unrecorded", "payment.settle", entry(order("PaymentPending"), payment("Unknown"), taken)],
    ["capture-unrecorded", "clerk", entry(order("Rejected"), payment("Failed"), taken)],
    ["refund-unrecorded", "payment.settle", entry(order("Cancelled"), payment("RefundRequested"), givenBack)],
    ["refund-unrecorded", "clerk", entry(order("Cancelled"), payment("Captured"), givenBack)],
    ["refunded-live", "clerk", entry(order("Paid"), payment("Captured"), givenBack)],
    ["refunded-live", "clerk", entry(order("Delivered"), payment("Refunded"), givenBack)],
    [
      "refunded-twice",
      "clerk",
      entry(order("Cancelled"), payment("Refunded"), charge([total], [total, total]))
    ],
    ["refund-differs", "clerk", entry(order("Cancelled"), payment("Refunded"), charge([total], [won(1)]))],
    ["amount-differs", "clerk", entry({ ...order("Paid"), price: won(20_000) }, payment("Captured"), taken)],
    ["refund-owed", "payment.settle", entry(order("Cancelled"), payment("RefundRequested"), taken)],
    ["refund-owed", "payment.release", entry(order("Cancelled"), payment("Captured"), taken)],
    ["order-unpaid", "order.payment", entry(order("Registered"), payment("Captured"), taken)],
    ["paid-uncharged", "clerk", entry(order("Delivered"), payment("Declined"), none)],
    ["payment-unasked", "payment.request", entry(order("Registered"), empty, none)],
    ["outcome-open", "payment.settle", entry(order("PaymentPending"), payment("Unknown"), none)],
    ["goods-unpaid", "clerk", entry(order("Rejected"), payment("Failed"), none, delivery("Dispatched"))],
    [
      "goods-unpaid",
      "clerk",
      entry(order("Cancelled"), payment("Refunded"), givenBack, delivery("Delivered"))
    ],
    ["delivery-missing", "delivery.prepare", entry(order("Paid"), payment("Captured"), taken, empty)],
    ["attention", "clerk", entry(order("Paid"), payment("Captured", { attention: "look" }), taken)]
  ])("finds %s, for %s to settle", (kind, settler, given) => {
    assert.strictEqual(Reconciliation.disagreement(given), kind)
    if (kind !== undefined) assert.strictEqual(Reconciliation.settlerOf(kind, given), settler)
  })

  it.each<readonly [string, Reconciliation.Entry]>([
    ["a paid order", entry(order("Paid"), payment("Captured"), taken)],
    ["a delivered order", entry(order("Delivered"), payment("Captured"), taken, delivery("Delivered"))],
    [
      "an order that is not prepared because it was cancelled",
      entry(order("Cancelled"), payment("Voided"), none, empty)
    ],
    ["a cancelled and refunded order", entry(order("Cancelled"), payment("Refunded"), givenBack)],
    ["a declined order", entry(order("Rejected"), payment("Declined"), { ...none, ended: "declined" })],
    ["an order turned away", entry(order("Rejected"), payment("Failed"), none)],
    [
      "an order refused at the bank, by hand, after it was paid",
      entry(order("Rejected"), payment("Declined"), givenBack)
    ],
    [
      "a declined order whose cancellation waits for delivery",
      entry({ ...order("Cancelling"), resume: "PaymentPending" }, payment("Declined"), none)
    ],
    ["an order cancelled before it was paid", entry(order("Cancelled"), payment("Voided"), none)],
    [
      "another amount, given back",
      entry(
        order("Cancelled"),
        payment("Refunded", { captured: won(9_000) }),
        charge([won(9_000)], [won(9_000)])
      )
    ]
  ])("is content with %s", (_, given) => {
    assert.isUndefined(Reconciliation.disagreement(given))
  })

  it.each<readonly [Reconciliation.Remedy, Reconciliation.Entry]>([
    ["inquire", entry(order("PaymentPending"), payment("Unknown"), none)],
    ["release", entry(undefined, empty, taken)],
    ["release", entry(order("Cancelled"), empty, taken)],
    ["look", entry(order("Paid"), empty, taken)],
    ["cancel", entry(order("Paid"), payment("Captured"), givenBack)],
    ["acknowledge", entry(order("Paid"), payment("Captured", { attention: "look" }), taken)],
    ["look", entry(order("Paid"), payment("Captured"), charge([total, total]))]
  ])("tells people to %s", (remedy, given) => {
    const kind = Reconciliation.disagreement(given)
    assert.strictEqual(kind && Reconciliation.remedyOf(kind, given), remedy)
  })

  it.each<readonly [ReconciliationTally.Verdict, number, ReadonlyArray<Reconciliation.Entry>, number]>([
    ["agree", 0, [entry(order("Paid"), payment("Captured"), taken)], 0],
    ["settling", 60_000, [entry(order("PaymentPending"), payment("Unknown"), none)], 0],
    ["differ", 60_001, [entry(order("PaymentPending"), payment("Unknown"), none)], 0],
    ["differ", 0, [], 1]
  ])("judges that they %s after %d ms", (verdict, now, entries, strangers) => {
    const { disagreements, sums } = ReconciliationTally.reconcile(
      new Map(entries.map((each) => [paymentId, each])),
      now
    )
    assert.strictEqual(ReconciliationTally.verdictOf({ disagreements, sums, strangers }), verdict)
  })

  it("has no explanation when nothing differs but the sums", () => {
    const sums = new Map([["KRW", { due: 10_000, captured: 0, refunded: 0, held: 0 }]])
    assert.strictEqual(
      ReconciliationTally.verdictOf({ disagreements: [], sums, strangers: 0 }),
      "unexplained"
    )
  })

  it("does not count an unpaid order as due while its cancellation waits for delivery", () => {
    assert.isFalse(Reconciliation.isLive({ ...order("Cancelling"), resume: "PaymentPending" }))
    assert.isTrue(Reconciliation.isLive({ ...order("Cancelling"), resume: "Preparing" }))
  })

  it("sums what is due, captured, refunded and held, and tells the oldest first", () => {
    const other = Ids.paymentIdOf(Ids.orderId("01m82f82jafsf9wwh0atkns8r5"))
    const third = Ids.paymentIdOf(Ids.orderId("01m82f82jafsf9wwh0atkns8r6"))
    const { disagreements, sums } = ReconciliationTally.reconcile(
      new Map([
        [paymentId, entry(order("Paid"), payment("Captured"), taken)],
        [other, { ...entry(order("Cancelled"), payment("RefundRequested"), taken), at: 5_000 }],
        [third, { ...entry(order("Paid"), payment("Captured"), none), at: 1_000 }]
      ]),
      65_000
    )
    assert.deepStrictEqual(Object.fromEntries(sums), {
      KRW: { due: 20_000, captured: 20_000, refunded: 0, held: 20_000 }
    })
    assert.deepStrictEqual(disagreements.map(({ age, kind }) => [kind, age]), [
      ["capture-missing", 64_000],
      ["refund-owed", 60_000]
    ])
  })

  it.prop(
    "holds what the ledger's lines say, in whatever order they come",
    [FastCheck.array(Arbitrary.make(LedgerLine), { maxLength: 10 }), FastCheck.nat()],
    ([lines, turn]) => {
      const rotated = [
        ...lines.slice(turn % (lines.length + 1)),
        ...lines.slice(0, turn % (lines.length + 1))
      ]
      const [one, two] = [lines, rotated].map((all) =>
        all.reduce(Reconciliation.charged, Reconciliation.noCharge)
      )
      const amounts = (list: ReadonlyArray<Money> = []) => list.map(({ amount }) => amount).sort()
      assert.deepStrictEqual(amounts(one?.captures), amounts(two?.captures))
      assert.deepStrictEqual(amounts(one?.refunds), amounts(two?.refunds))
    }
  )
})
