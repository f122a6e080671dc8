/** `saucier reconcile` against a running system and the ledger of its provider. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as CliProcess from "./CliProcess.ts"
import { seed, until, world } from "./World.ts"

const reconcile = (url: string, ...more: ReadonlyArray<string>) =>
  CliProcess.run(["reconcile", "--url", url, ...more])

describe("saucier reconcile", () => {
  it.scopedLive(
    "agrees to the last coin when some orders were paid, declined, turned away and cancelled",
    () =>
      Effect.gen(function*() {
        const saucier = yield* world("instant")
        yield* Effect.replicateEffect(saucier.post("/orders", seed), 5)
        yield* saucier.behave("decline")
        assert.strictEqual((yield* saucier.post("/orders", seed)).status, 402)
        yield* saucier.behave("down")
        assert.strictEqual((yield* saucier.post("/orders", seed)).status, 503)
        yield* saucier.behave("instant")
        const { body } = yield* saucier.post("/orders", seed)
        assert.strictEqual(
          (yield* saucier.post(`/orders/${body["id"]}/cancel`, { reason: "no" })).status,
          200
        )
        yield* until(saucier.get("/orderDashboards?status=Cancelled"), (_) =>
          JSON.stringify(_.body).includes("ord_"))

        const { code, text } = yield* reconcile(saucier.url)
        assert.match(text, /KRW[^\n]*50,000[^\n]*60,000[^\n]*10,000[^\n]*50,000[^\n]* 0 /)
        assert.include(text, "8 payments: orders, payments and the provider's ledger agree")
        assert.strictEqual(code, 0)
      }),
    60_000
  )

  it.scopedLive(
    "shows what is on its way, with its age and what will settle it, and settles it when asked",
    () =>
      Effect.gen(function*() {
        const saucier = yield* world("hang", { SAUCIER_PROVIDER_TIMEOUT: "300 millis" })
        const order = yield* saucier.post("/orders", seed)
        assert.strictEqual(order.status, 202)
        const { code, text } = yield* reconcile(saucier.url)
        assert.strictEqual(code, 0)
        assert.include(text, "the provider has not told the outcome")
        assert.include(text, "the next inquiry, by itself")
        assert.include(text, "1 disagree, none for longer than a minute")

        yield* saucier.behave("instant")
        const settled = yield* reconcile(saucier.url, "--settle", "--json")
        assert.strictEqual(settled.code, 0)
        assert.deepInclude(JSON.parse(settled.text), {
          sums: { KRW: { due: 10_000, captured: 10_000, refunded: 0, held: 10_000 } },
          disagreements: []
        })
      }),
    60_000
  )

  it.scopedLive("says in Korean what it says in English", () =>
    Effect.gen(function*() {
      const saucier = yield* world("instant")
      const { text } = yield* CliProcess.run(["reconcile", "--url", saucier.url], { LANG: "ko_KR.UTF-8" })
      assert.include(text, "장부가 일치합니다")
    }))
})
