import { assert, describe, it } from "@effect/vitest"
import * as DashboardFacets from "@saucier/dashboard/OrderFacets"
import { row, stateOf } from "@saucier/dashboard/OrderRow"
import { deliveryDecider } from "@saucier/delivery/DeliveryDecider"
import { fold } from "@saucier/eventsourcing/Decider"
import { orderDecider } from "@saucier/order/OrderDecider"
import { paymentDecider } from "@saucier/payment/PaymentDecider"
import * as FastCheck from "effect/FastCheck"
import { type History, historyOf, orderIdAt } from "./OrderHistory.ts"

type Step = (facets: DashboardFacets.OrderFacets) => DashboardFacets.OrderFacets

const lanes = (history: History): ReadonlyArray<ReadonlyArray<Step>> => [
  history.order.map(({ event, recorded }) => (facets) =>
    DashboardFacets.evolveOrder(facets, event, recorded)
  ),
  history.payment.map(({ event, recorded }) => (facets) =>
    DashboardFacets.evolvePayment(facets, event, recorded)
  ),
  history.delivery.map(({ event, recorded }) => (facets) =>
    DashboardFacets.evolveDelivery(facets, event, recorded)
  )
]

const start = DashboardFacets.empty(orderIdAt(1))
const run = (steps: ReadonlyArray<Step>) => steps.reduce((facets, step) => step(facets), start)

/**
 * Each choice delivers the next event of a feed, or goes back in it as after a crash: at least once each, in order.
 * `seen` is how far each feed has come.
 */
const interleave = (
  feeds: ReadonlyArray<ReadonlyArray<Step>>,
  choices: ReadonlyArray<readonly [number, number]>
) => {
  const at = feeds.map(() => 0)
  const seen = feeds.map(() => 0)
  const steps: Array<Step> = []
  for (const [feed, back] of choices) {
    const from = Math.max(0, (at[feed] ?? 0) - back)
    const step = feeds[feed]?.[from]
    if (step === undefined) continue
    steps.push(step)
    at[feed] = from + 1
    seen[feed] = Math.max(seen[feed] ?? 0, from + 1)
  }
  return { steps, seen }
}

const history = historyOf(orderIdAt(1))
const choices = FastCheck.array(
  FastCheck.tuple(FastCheck.integer({ min: 0, max: 2 }), FastCheck.constantFrom(0, 0, 0, 1, 2, 9)),
  { maxLength: 60 }
)

describe("the row of an order", () => {
  it.prop(
    "tells what was seen of each feed, in any interleaving and with any repetition, and never goes back",
    { history, choices },
    ({ choices, history }) => {
      const feeds = lanes(history)
      const { seen, steps } = interleave(feeds, choices)
      const once = feeds.flatMap((feed, index) => feed.slice(0, seen[index]))
      assert.deepStrictEqual(run(steps), run(once))
    },
    { fastCheck: { numRuns: 200 } }
  )

  it.prop("says what order, payment and delivery say of themselves", { history }, ({ history }) => {
    const facets = run(lanes(history).flat())
    const order = fold(orderDecider, orderDecider.initial, history.order.map(({ event }) => event))
    const payment = fold(paymentDecider, paymentDecider.initial, history.payment.map(({ event }) => event))
    const delivery = fold(
      deliveryDecider,
      deliveryDecider.initial,
      history.delivery.map(({ event }) => event)
    )
    assert(order._tag === "Order")
    assert.strictEqual(facets.orderStatus, order.status)
    assert.strictEqual(facets.resume, order.resume)
    assert.strictEqual(facets.qty, order.goods.quantity)
    assert.strictEqual(facets.price, order.price.amount)
    if (payment._tag === "Payment") {
      assert.strictEqual(facets.paymentStatus, payment.status)
      assert.strictEqual(facets.attentionSince === null, payment.attention === null)
    }
    if (payment._tag === "Empty") assert.isNull(facets.paymentStatus)
    if (delivery._tag === "Delivery") assert.strictEqual(facets.deliveryStatus, delivery.status)
    if (delivery._tag === "Empty") assert.isNull(facets.deliveryStatus)
  })

  it.prop("is updated at the newest time at which one of its events occurred", { history }, ({ history }) => {
    const times = [...history.order, ...history.payment, ...history.delivery].map((e) =>
      e.recorded.occurredAt
    )
    assert.strictEqual(row(run(lanes(history).flat())).updatedAt.epochMillis, Math.max(...times))
  })

  it.prop(
    "takes the order's own word on goods and price, whoever else spoke",
    { history, other: history },
    (both) => {
      const [order = []] = lanes(both.history)
      const [, payment = [], delivery = []] = lanes(both.other)
      const goodsOf = ({ branchId, price, qty, sauceId }: DashboardFacets.OrderFacets) => ({
        branchId,
        price,
        qty,
        sauceId
      })
      const own = goodsOf(run(order))
      assert.deepStrictEqual(goodsOf(run([...order, ...payment, ...delivery])), own)
      assert.deepStrictEqual(goodsOf(run([...payment, ...delivery, ...order])), own)
    }
  )

  it.prop("tells goods and price as soon as any feed has told them", { history }, ({ history }) => {
    const [, payment = [], delivery = []] = lanes(history)
    const registered = history.order[0]?.event
    assert(registered?._tag === "OrderRegistered")
    const { goods, price } = registered
    if (history.payment[0]?.event._tag === "PaymentRequested") {
      const known = row(run(payment))
      assert.strictEqual(known.branchId, goods.branchId)
      assert.strictEqual(known.price, price.amount)
    }
    if (history.delivery[0]?.event._tag === "DeliveryPrepared") {
      assert.strictEqual(row(run(delivery)).qty, goods.quantity)
    }
  })
})

describe("the state of an order", () => {
  const known = { ...start, orderVersion: 1 }

  it("is registered until it is paid, whatever it waits for", () => {
    assert.strictEqual(stateOf({ ...known, orderStatus: "Registered" }), "Registered")
    assert.strictEqual(
      stateOf({ ...known, orderStatus: "PaymentPending", paymentStatus: "Unknown" }),
      "Registered"
    )
  })
  it("is preparing from the capture to the delivery", () => {
    assert.strictEqual(
      stateOf({ ...known, orderStatus: "Registered", paymentStatus: "Captured" }),
      "Preparing"
    )
    assert.strictEqual(stateOf({ ...known, orderStatus: "Paid" }), "Preparing")
    assert.strictEqual(
      stateOf({ ...known, orderStatus: "Dispatched", deliveryStatus: "Failed" }),
      "Preparing"
    )
  })
  it("is complete as soon as delivery says so", () => {
    assert.strictEqual(
      stateOf({ ...known, orderStatus: "Dispatched", deliveryStatus: "Delivered" }),
      "Complete"
    )
  })
  it("stays what it was while a cancellation may still be refused", () => {
    assert.strictEqual(stateOf({ ...known, orderStatus: "Cancelling", resume: "Paid" }), "Preparing")
    assert.strictEqual(stateOf({ ...known, orderStatus: "Cancelling", resume: "Registered" }), "Registered")
  })
  it("ends as the order says, even though money was captured late", () => {
    assert.strictEqual(stateOf({ ...known, orderStatus: "Rejected", paymentStatus: "Captured" }), "Rejected")
    assert.strictEqual(
      stateOf({ ...known, orderStatus: "Cancelled", paymentStatus: "Refunded" }),
      "Cancelled"
    )
  })
  it("is guessed from payment and delivery before the order's own word", () => {
    assert.strictEqual(stateOf({ ...start, paymentStatus: "Requested" }), "Registered")
    assert.strictEqual(stateOf({ ...start, paymentStatus: "Captured" }), "Preparing")
    assert.strictEqual(stateOf({ ...start, deliveryStatus: "Preparing" }), "Preparing")
    assert.strictEqual(stateOf({ ...start, deliveryStatus: "Delivered" }), "Complete")
    assert.strictEqual(stateOf({ ...start, paymentStatus: "Declined" }), "Rejected")
    assert.strictEqual(stateOf({ ...start, paymentStatus: "Voided" }), "Cancelled")
  })
})

describe("an order needs attention", () => {
  const known = { ...start, orderVersion: 1, orderStatus: "Dispatched" as const }

  it("while somebody has to look at its payment, or its delivery has failed", () => {
    assert.isTrue(row({ ...known, attentionSince: 1, deliveryStatus: "Dispatched" }).attention)
    assert.isTrue(row({ ...known, deliveryStatus: "Failed" }).attention)
  })
  it("not while it goes on by itself, late or not", () => {
    assert.isFalse(row({ ...known, deliveryStatus: "Replanned" }).attention)
    assert.isFalse(row({ ...known, orderStatus: "PaymentPending", paymentStatus: "Unknown" }).attention)
  })
})
