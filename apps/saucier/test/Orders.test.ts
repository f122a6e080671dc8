import { assert, describe, it } from "@effect/vitest"
import * as Array from "effect/Array"
import * as Effect from "effect/Effect"
import { type Client, seed, suffixOf, until, world } from "./World.ts"

const delivered = (client: Client, suffix: string) =>
  until(
    client.get(`/deliveries?orderId=ord_${suffix}`),
    ({ body }) => Array.isArray(body["items"]) && body["items"].length > 0
  )

const charges = (client: Client) =>
  Effect.map(client.get("/ops/events?context=payment&limit=1000"), ({ body }) => {
    const items: ReadonlyArray<{ type: string; streamId: string }> = JSON.parse(JSON.stringify(body["items"]))
    return items.filter(({ type }) => type === "PaymentCaptured")
  })

const versions = (client: Client, streamId: string) =>
  Effect.map(client.get("/ops/events?context=order&limit=1000"), ({ body }) => {
    const items: ReadonlyArray<{ streamId: string; version: number }> = JSON.parse(
      JSON.stringify(body["items"])
    )
    return items.filter((event) => event.streamId === streamId).map(({ version }) => version)
  })

describe("an order", () => {
  it.scopedLive("of the seed's clients is paid, prepared and shown, whether they send numbers or strings", () =>
    Effect.gen(function*() {
      const client = yield* world()
      for (const body of [seed, { branchId: 1, sauceId: 1, qty: "10", price: "10000" }]) {
        const order = yield* client.post("/orders", body)
        assert.strictEqual(order.status, 201)
        assert.deepInclude(order.body, { ...seed, status: "Paid" })
        const suffix = suffixOf(order)
        assert.strictEqual(order.headers.get("location"), `/orders/ord_${suffix}`)
        assert.strictEqual(order.headers.get("etag"), `"${order.body["version"]}"`)

        const payments = yield* client.get(`/payments?orderId=ord_${suffix}`)
        assert.lengthOf(JSON.parse(JSON.stringify(payments.body["items"])), 1)
        const payment = yield* client.get(`/payments/pay_${suffix}`)
        assert.deepInclude(payment.body, { status: "Captured", amount: 10_000, currency: "KRW" })

        const deliveries = yield* delivered(client, suffix)
        assert.nestedPropertyVal(deliveries.body, "items[0].branchId", "1")
        assert.nestedPropertyVal(deliveries.body, "items[0].qty", 10)
        yield* until(
          client.get(`/orderDashboards/ord_${suffix}`),
          ({ body }) =>
            body["orderStatus"] === "Preparing" && body["deliveryStatus"] === "Preparing" &&
            body["paymentStatus"] === "Captured"
        )
        const row = yield* client.get(`/orderDashboards/ord_${suffix}`)
        const { branchId, price, qty, sauceId } = seed
        assert.deepInclude(row.body, {
          branchId,
          sauceId,
          qty,
          price,
          paymentStatus: "Captured",
          deliveryStatus: "Preparing",
          state: "Preparing"
        })
      }
    }))

  it.scopedLive("goes through dispatch and delivery to Complete", () =>
    Effect.gen(function*() {
      const client = yield* world()
      const order = yield* client.post("/orders", seed)
      const suffix = suffixOf(order)
      yield* delivered(client, suffix)
      for (const status of ["Dispatched", "Delivered"]) {
        const step = yield* client.patch(`/deliveries/dlv_${suffix}`, { status })
        assert.deepInclude(step.body, { status })
      }
      const row = yield* until(client.get(`/orderDashboards/ord_${suffix}`), ({ body }) =>
        body["orderStatus"] === "Delivered" && body["deliveryStatus"] === "Delivered")
      assert.deepInclude(row.body, { state: "Complete" })
    }))

  it.scopedLive("is cancelled when its parcel comes back, and its money goes back once", () =>
    Effect.gen(function*() {
      const client = yield* world()
      const suffix = suffixOf(yield* client.post("/orders", seed))
      yield* delivered(client, suffix)
      for (const status of ["Dispatched", "Failed", "Returned", "Returned"]) {
        assert.strictEqual((yield* client.patch(`/deliveries/dlv_${suffix}`, { status })).status, 200)
      }
      yield* until(client.get(`/orders/ord_${suffix}`), ({ body }) => body["status"] === "Cancelled")
      const payment = yield* until(
        client.get(`/payments/pay_${suffix}`),
        ({ body }) => body["status"] === "Refunded"
      )
      assert.lengthOf(JSON.parse(JSON.stringify(payment.body["refunds"])), 1)
      const again = yield* client.post(`/orders/ord_${suffix}/cancel`, { reason: "where is my money" })
      assert.deepInclude(again.body, { status: "Cancelled", refund: "refunded" })
      const row = yield* until(
        client.get(`/orderDashboards/ord_${suffix}`),
        ({ body }) => body["orderStatus"] === "Cancelled" && body["paymentStatus"] === "Refunded"
      )
      assert.deepInclude(row.body, { state: "Cancelled", deliveryStatus: "Returned" })
    }))

  it.scopedLive("is one order however often its key is repeated at once, and one charge", () =>
    Effect.gen(function*() {
      const client = yield* world("healthy")
      const answers = yield* Effect.forEach(
        Array.range(1, 50),
        () => client.post("/orders", seed, { "idempotency-key": "tap" }),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(new Set(answers.map(({ status }) => status)), new Set([201]))
      assert.strictEqual(new Set(answers.map(({ body }) => body["id"])).size, 1)
      assert.strictEqual(
        answers.filter(({ headers }) => headers.get("idempotency-replayed") === "true").length,
        49
      )
      assert.lengthOf(yield* charges(client), 1)
      const other = yield* client.post("/orders", { ...seed, qty: 11 }, { "idempotency-key": "tap" })
      assert.deepInclude(other.body, { status: 422, code: "idempotency-key-reused" })
    }))

  it.scopedLive("takes 50 commands at once one after the other: either cancelled and refunded, or dispatched", () =>
    Effect.gen(function*() {
      const client = yield* world()
      const suffix = suffixOf(yield* client.post("/orders", seed))
      yield* delivered(client, suffix)
      const answers = yield* Effect.forEach(Array.range(1, 50), (n) =>
        n % 2 === 0
          ? client.post(`/orders/ord_${suffix}/cancel`, { reason: "changed my mind" })
          : client.patch(`/deliveries/dlv_${suffix}`, { status: "Dispatched" }), { concurrency: "unbounded" })
      const dispatched = answers.some(({ body }) => body["status"] === "Dispatched")
      const cancelled = answers.some(({ body }) => body["status"] === "Cancelled")
      assert.notStrictEqual(dispatched, cancelled)
      const settled = dispatched ? "Dispatched" : "Cancelled"
      yield* until(client.get(`/orders/ord_${suffix}`), ({ body }) => body["status"] === settled)
      const payment = yield* until(
        client.get(`/payments/pay_${suffix}`),
        ({ body }) => body["status"] === (dispatched ? "Captured" : "Refunded")
      )
      assert.lengthOf(JSON.parse(JSON.stringify(payment.body["refunds"])), dispatched ? 0 : 1)
      const recorded = yield* versions(client, `order-ord_${suffix}`)
      assert.deepStrictEqual(recorded, Array.range(1, recorded.length))
    }))

  it.scopedLive("is served beside another slow one", () =>
    Effect.gen(function*() {
      const client = yield* world("seed")
      const inTurn: Array<string> = []
      const place = (name: string) =>
        Effect.sync(() => inTurn.push(`${name} asks`)).pipe(
          Effect.zipRight(client.post("/orders", seed)),
          Effect.tap(() => Effect.sync(() => inTurn.push("answer")))
        )
      yield* Effect.all([place("first"), place("second")], { concurrency: "unbounded" })
      assert.deepStrictEqual(inTurn, ["first asks", "second asks", "answer", "answer"])
    }))
})
