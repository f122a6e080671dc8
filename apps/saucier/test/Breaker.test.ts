/** The circuit breaker over real HTTP: acceptance rows 5.2 (with a third of its orders) and 5.3, and a provider that hangs. */
import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type Client, seed, suffixOf, until, world } from "./World.ts"

/** Ten callers order until one of them is sent away. */
const untilOpen = (saucier: Client) =>
  Stream.repeatEffect(saucier.post("/orders", seed)).pipe(
    Stream.forever,
    (one) => Stream.mergeAll(Array.from({ length: 10 }, () => one), { concurrency: 10 }),
    Stream.takeUntil(({ status }) => status === 503),
    Stream.runCollect,
    Effect.map(Chunk.toReadonlyArray)
  )

describe("while the provider is as slow as the seed's", () => {
  it.scopedLive(
    "the breaker stays closed for 100 orders of ten callers, and each is paid",
    () =>
      Effect.gen(function*() {
        const saucier = yield* world("seed")
        const answers = yield* Effect.replicateEffect(saucier.post("/orders", seed), 100, { concurrency: 10 })
        assert.deepStrictEqual(new Set(answers.map(({ status }) => status)), new Set([201]))
        const metrics = yield* Effect.promise(() => fetch(`${saucier.url}/metrics`).then((_) => _.text()))
        assert.include(metrics, "circuit_breaker_state{name=\"payment-provider\",state=\"Closed\"} 1")
        assert.notInclude(metrics, "to=\"Open\"")
      }),
    120_000
  )
})

describe("while the provider is slow", () => {
  it.scopedLive(
    "the breaker opens, turns orders away without asking it, and closes when it is well again",
    () =>
      Effect.gen(function*() {
        const saucier = yield* world("brownout", { SAUCIER_BREAKER_OPEN_WAIT: "2 seconds" })
        const paid = (yield* untilOpen(saucier)).filter(({ status }) => status === 201)
        assert.isAbove(paid.length, 9)

        const refused = yield* saucier.post("/orders", seed)
        assert.strictEqual(refused.status, 503)
        assert.match(refused.headers.get("content-type") ?? "", /^application\/problem\+json/)
        assert.isAbove(Number(refused.headers.get("retry-after")), 0)
        const orderId = /ord_\w+/.exec(JSON.stringify(refused.body))?.[0]
        const payments = yield* saucier.get(`/payments?orderId=${orderId}`)
        assert.include(JSON.stringify(payments.body), "takes no calls while Open")
        const deliveries = yield* saucier.get(`/deliveries?orderId=${orderId}`)
        assert.deepStrictEqual(deliveries.body["items"], [])

        const [first] = paid
        assert.isDefined(first)
        const cancelled = yield* saucier.post(`/orders/${first.body["id"]}/cancel`, { reason: "late" })
        assert.strictEqual(cancelled.status, 202)
        assert.strictEqual(cancelled.body["status"], "Cancelled")
        assert.strictEqual((yield* saucier.get("/orderDashboards")).status, 200)
        assert.include(
          yield* Effect.promise(() => fetch(`${saucier.url}/metrics`).then((_) => _.text())),
          `circuit_breaker_state{name="payment-provider",state="Open"} 1`
        )

        yield* saucier.behave("instant")
        yield* until(saucier.post("/orders", seed), ({ status }) => status === 201)
        const payment = `/payments/pay_${suffixOf(first)}`
        yield* until(saucier.get(payment), ({ body }) => body["status"] === "Refunded")
      }),
    60_000
  )

  it.scopedLive(
    "an order whose payment hangs is accepted as pending, and settled when the provider answers again",
    () =>
      Effect.gen(function*() {
        const saucier = yield* world("hang", { SAUCIER_PROVIDER_TIMEOUT: "300 millis" })
        const pending = yield* saucier.post("/orders", seed)
        assert.strictEqual(pending.status, 202)
        assert.strictEqual(pending.body["status"], "PaymentPending")
        yield* saucier.behave("instant")
        yield* until(
          saucier.get(`/orders/${pending.body["id"]}`),
          ({ body }) => body["status"] === "Preparing"
        )
      }),
    60_000
  )
})

describe("a reply that is lost", () => {
  it.scopedLive("is made good by the provider's own hint, at once", () =>
    Effect.gen(function*() {
      const saucier = yield* world("lost-reply")
      const order = yield* saucier.post("/orders", seed)
      assert.strictEqual(order.status, 202)
      const { body } = yield* until(
        saucier.get(`/payments/pay_${suffixOf(order)}`),
        (_) => _.body["status"] === "Captured"
      )
      const outcomes = JSON.parse(JSON.stringify(body["attempts"])).map((_: { outcome: string }) => _.outcome)
      assert.deepStrictEqual(outcomes, ["Unknown", "Captured"])
    }))
})
