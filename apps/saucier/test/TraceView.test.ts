import { assert, describe, it } from "@effect/vitest"
import { Trace } from "@saucier/runtime/Trace"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as CliProcess from "./CliProcess.ts"
import * as World from "./World.ts"

const decode = Schema.decodeUnknownSync(Trace)

describe("the built-in look at traces", () => {
  it.scopedLive("shows the trace of an order, found by the order's id, without any collector", () =>
    Effect.gen(function*() {
      const { get, post } = yield* World.world()
      const order = yield* post("/orders", World.seed)
      const orderId = String(order.body["id"])
      const traceId = String(order.headers.get("x-request-id"))
      const answer = yield* World.until(
        get(`/traces/${traceId}`),
        ({ status, body }) =>
          status === 200 && decode(body).spans.some(({ name }) => name === "dashboard.delivery")
      )
      const { spans } = decode(answer.body)
      const ids = new Set(spans.map(({ spanId }) => spanId))
      assert.isEmpty(spans.filter(({ parentSpanId }) => parentSpanId !== null && !ids.has(parentSpanId)))
      assert.strictEqual(spans.find(({ parentSpanId }) => parentSpanId === null)?.name, "POST /orders")

      const list = yield* get(`/traces?orderId=${orderId}`)
      const found = Schema.decodeUnknownSync(Schema.Array(Schema.Struct({ traceId: Schema.String })))(
        list.body["items"]
      )
      assert.deepStrictEqual(found, [{ traceId }])
    }))

  it.scopedLive("shows on a terminal what each part took and what the breaker decided, or that it is gone", () =>
    Effect.gen(function*() {
      const { behave, post, url } = yield* World.world("instant", { SAUCIER_BREAKER_MINIMUM_CALLS: "3" })
      yield* behave("down")
      const refused = yield* post("/orders", World.seed)
      const traceId = String(refused.headers.get("x-request-id"))
      const traces = (...args: ReadonlyArray<string>) => CliProcess.run(["traces", "--url", url, ...args])
      const list = yield* Effect.repeat(traces(), { until: ({ text }) => text.includes(traceId) })
      assert.match(list.text, /POST \/orders +│/)
      const { code, text } = yield* Effect.repeat(traces(traceId), {
        until: ({ text }) => text.includes("POST /orders") && text.includes("PaymentProvider.charge")
      })
      assert.strictEqual(code, 0)
      assert.match(text, /\+ +0\.0 +[\d.]+ █+ +POST \/orders +saucier/)
      assert.match(text, /PaymentProvider\.charge +saucier ProviderRefused/)
      assert.include(text, "· retry retry.attempt=1")
      assert.include(text, "· circuit_breaker.StateTransition name=payment-provider from=Closed to=Open")
      const unknown = yield* traces("0".repeat(32))
      assert.strictEqual(unknown.code, 1)
      assert.include(unknown.errors, "was not sampled")
      assert.strictEqual((yield* traces("--limit", "201")).code, 2)
    }))

  it.scopedLive("says so when it knows no such trace", () =>
    Effect.gen(function*() {
      const { get } = yield* World.world()
      const { body, status } = yield* get(`/traces/${"0".repeat(32)}`)
      assert.strictEqual(status, 404)
      assert.strictEqual(body["code"], "trace-not-found")
    }))
})
