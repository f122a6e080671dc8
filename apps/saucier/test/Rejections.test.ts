import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { type Answer, seed, suffixOf, until, world } from "./World.ts"

const unknownId = "01h455vb4pex5vsknk084sn02q"
const json = { "content-type": "application/json" }

/** Method, path, body, headers → status, code. */
const refusals: ReadonlyArray<readonly [string, string, unknown, Record<string, string>, number, string]> = [
  ["POST", "/orders", { ...seed, branchId: undefined, brancdId: "1" }, {}, 400, "invalid-request"],
  ["POST", "/orders", { ...seed, qty: 0 }, {}, 400, "invalid-request"],
  ["POST", "/orders", { ...seed, qty: 1.5 }, {}, 400, "invalid-request"],
  ["POST", "/orders", { ...seed, qty: "ten" }, {}, 400, "invalid-request"],
  ["POST", "/orders", { ...seed, price: -1 }, {}, 400, "invalid-request"],
  ["POST", "/orders", { ...seed, price: 1e12 }, {}, 400, "invalid-request"],
  ["POST", "/orders", { ...seed, branchId: "a b" }, {}, 400, "invalid-request"],
  ["POST", "/orders", { ...seed, status: "Paid" }, {}, 400, "invalid-request"],
  ["POST", "/orders", [seed], {}, 400, "invalid-request"],
  ["POST", "/orders", "{\"branchId\":", json, 400, "malformed-json"],
  ["POST", "/orders", seed, { "content-type": "text/plain" }, 415, "unsupported-media-type"],
  ["POST", "/orders", { ...seed, sauceId: "x".repeat(70_000) }, {}, 413, "payload-too-large"],
  ["POST", "/orders", seed, { "idempotency-key": "k".repeat(300) }, 400, "invalid-request"],
  ["DELETE", "/orders", undefined, {}, 405, "method-not-allowed"],
  ["GET", "/nothing", undefined, {}, 404, "not-found"],
  ["GET", `/orders/ord_${unknownId}`, undefined, {}, 404, "order-not-found"],
  ["GET", "/orders/17", undefined, {}, 404, "order-not-found"],
  ["POST", `/orders/ord_${unknownId}/cancel`, { reason: "late" }, {}, 404, "order-not-found"],
  [
    "POST",
    `/orders/ord_${unknownId}/cancel`,
    { reason: "late" },
    { "if-match": `"1"` },
    404,
    "order-not-found"
  ],
  ["POST", `/orders/ord_${unknownId}/cancel`, { reason: "" }, {}, 400, "invalid-request"],
  ["GET", `/payments/pay_${unknownId}`, undefined, {}, 404, "payment-not-found"],
  ["GET", "/payments?orderId=7", undefined, {}, 400, "invalid-request"],
  ["GET", `/deliveries/dlv_${unknownId}`, undefined, {}, 404, "delivery-not-found"],
  ["PATCH", `/deliveries/dlv_${unknownId}`, { status: "Dispatched" }, {}, 404, "delivery-not-found"],
  ["PATCH", `/deliveries/dlv_${unknownId}`, { status: "Lost" }, {}, 400, "invalid-request"],
  ["GET", "/deliveries?limit=201", undefined, {}, 400, "invalid-request"],
  ["GET", `/orderDashboards/ord_${unknownId}`, undefined, {}, 404, "dashboard-row-not-found"],
  ["GET", "/ops/events?context=order&after=abc", undefined, {}, 400, "unknown-position"],
  ["GET", "/ops/provider/ledger?after=abc", undefined, {}, 400, "unknown-ledger-place"],
  ["GET", "/orderDashboards/17", undefined, {}, 404, "dashboard-row-not-found"],
  ["GET", "/orderDashboards?status=Unheard", undefined, {}, 400, "invalid-request"],
  [
    "POST",
    "/ops/parked",
    { context: "order", subscription: "x", streamId: "y", request: "retry" },
    {},
    404,
    "nothing-parked"
  ]
]

const problem = ({ body, headers, status }: Answer, expected: number, code: string) => {
  assert.strictEqual(status, expected, JSON.stringify(body))
  assert.strictEqual(headers.get("content-type"), "application/problem+json")
  assert.deepInclude(body, { status: expected, code })
  for (const field of ["type", "title", "detail", "traceId"]) assert.isNotEmpty(body[field], field)
  assert.isArray(body["errors"])
}

describe("a refusal", () => {
  it.scopedLive("is a problem that names its code, whatever was wrong", () =>
    Effect.gen(function*() {
      const client = yield* world()
      for (const [method, path, body, headers, status, code] of refusals) {
        problem(yield* client.call(method, path, body, headers), status, code)
      }
      assert.deepInclude((yield* client.get("/counts")).body, { total: 0 })
    }))

  it.scopedLive("names each field that is wrong, and the one that was meant", () =>
    Effect.gen(function*() {
      const client = yield* world()
      const { body } = yield* client.post("/orders", { brancdId: "1", sauceId: "1", qty: 0, price: 10 })
      const errors: ReadonlyArray<{ pointer: string; message: string }> = JSON.parse(
        JSON.stringify(body["errors"])
      )
      assert.sameMembers(errors.map(({ pointer }) => pointer), ["/brancdId", "/branchId", "/qty"])
      assert.isTrue(errors.some(({ message }) => message.includes("did you mean \"branchId\"?")))
      for (const limit of ["", "0", "many", "1.5"]) {
        const { body } = yield* client.get(`/deliveries?limit=${limit}`)
        const [{ message, pointer }] = JSON.parse(JSON.stringify(body["errors"]))
        assert.deepStrictEqual([pointer, message], ["/limit", "limit must be a whole number from 1 to 200"])
      }
    }))

  it.scopedLive("comes in Korean to those who read Korean", () =>
    Effect.gen(function*() {
      const client = yield* world()
      const { body, headers } = yield* client.get(`/orders/ord_${unknownId}`, {
        "accept-language": "ko-KR,ko;q=0.9"
      })
      assert.strictEqual(headers.get("content-language"), "ko")
      assert.strictEqual(body["title"], "해당 주문을 찾을 수 없습니다")
    }))

  it.scopedLive("of the card is 402, charges nobody, and is given again to the same key", () =>
    Effect.gen(function*() {
      const client = yield* world("decline")
      for (let i = 0; i < 2; i++) {
        problem(yield* client.post("/orders", seed, { "idempotency-key": "a" }), 402, "payment-declined")
      }
      const rows = yield* until(client.get("/counts"), ({ body }) => body["Rejected"] === 1)
      assert.strictEqual(rows.body["total"], 1)
      assert.deepInclude((yield* client.get("/deliveries")).body, { items: [] })
    }))

  it.scopedLive("of the provider is 503 with Retry-After; its key succeeds once the provider is back, with one charge", () =>
    Effect.gen(function*() {
      const client = yield* world("down")
      const refused = yield* client.post("/orders", seed, { "idempotency-key": "b" })
      problem(refused, 503, "payment-unavailable")
      assert.isAbove(Number(refused.headers.get("retry-after")), 0)
      yield* client.behave("instant")
      const placed = yield* client.post("/orders", seed, { "idempotency-key": "b" })
      assert.strictEqual(placed.status, 201)
      const again = yield* client.post("/orders", seed, { "idempotency-key": "b" })
      assert.strictEqual(again.body["id"], placed.body["id"])
      const payment = yield* client.get(`/payments/pay_${suffixOf(placed)}`)
      assert.deepInclude(payment.body, { status: "Captured", amount: seed.price })
      yield* until(client.get("/counts"), ({ body }) => body["Preparing"] === 1 && body["Rejected"] === 1)
    }))

  it.scopedLive("does not come of trace headers that make no sense", () =>
    Effect.gen(function*() {
      const client = yield* world()
      for (
        const headers of [{ b3: "-x" }, { "x-b3-traceid": "zz zz", "x-b3-spanid": "1" }, {
          traceparent: "00-1-1-01"
        }]
      ) {
        const { headers: answered, status } = yield* client.call("POST", "/orders", seed, headers)
        assert.strictEqual(status, 201)
        assert.match(String(answered.get("x-request-id")), /^[0-9a-f]{32}$/)
      }
    }))

  it.scopedLive("meets a cancellation of another version than the one that was read", () =>
    Effect.gen(function*() {
      const client = yield* world()
      const order = yield* client.post("/orders", seed)
      const path = `/orders/ord_${suffixOf(order)}`
      problem(
        yield* client.post(`${path}/cancel`, { reason: "x" }, { "if-match": "\"1\"" }),
        412,
        "order-version-mismatch"
      )
      const current = yield* until(client.get(path), ({ body }) => body["status"] === "Preparing")
      const etag = String(current.headers.get("etag"))
      const unchanged = yield* client.get(path, { "if-none-match": etag })
      assert.strictEqual(unchanged.status, 304)
      const cancelled = yield* client.post(`${path}/cancel`, { reason: "x" }, { "if-match": etag })
      assert.deepInclude(cancelled.body, { status: "Cancelled", refund: "refunded" })
    }))
})
