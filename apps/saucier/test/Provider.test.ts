/** The payment provider as a party of its own, and how people switch the stand-in. */
import { assert, describe, it } from "@effect/vitest"
import { presets } from "@saucier/payment/ProviderPresets"
import * as Settings from "@saucier/runtime/Settings"
import * as Effect from "effect/Effect"
import * as ProviderProcess from "../../provider/test/ProviderProcess.ts"
import * as CliProcess from "./CliProcess.ts"
import * as World from "./World.ts"

/** Saucier before a provider in another process. */
const apart = (settings: Record<string, string> = {}) =>
  Effect.gen(function*() {
    const folder = yield* World.temporaryFolder
    const provider = yield* ProviderProcess.start(folder, settings)
    const saucier = yield* World.world("instant", {
      SAUCIER_PROVIDER_URL: provider.url,
      SAUCIER_PROVIDER_CONTROL_URL: provider.controlUrl
    })
    return { saucier, provider, folder }
  })

describe("a provider at an address of its own", () => {
  it.scopedLive("is charged once for an order, and shows it in its ledger", () =>
    Effect.gen(function*() {
      const { saucier } = yield* apart()
      const order = yield* saucier.post("/orders", World.seed)
      assert.strictEqual(order.status, 201)
      const { body } = yield* saucier.get("/ops/provider/ledger")
      assert.deepStrictEqual(
        [body["items"]].flat().map((
          line
        ) => [Object(line).key, Object(line).type, Object(line).amount.amount]),
        [[order.body["paymentId"], "charge.captured", 10_000]]
      )
    }))

  it.scopedLive("refuses while down: 503, and the same key succeeds once it is back, with one charge", () =>
    Effect.gen(function*() {
      const { saucier } = yield* apart()
      yield* saucier.behave("down")
      const key = { "idempotency-key": "one-double-tap" }
      const refused = yield* saucier.post("/orders", World.seed, key)
      assert.strictEqual(refused.status, 503)
      assert.isNotNull(refused.headers.get("retry-after"))
      yield* saucier.behave("instant")
      const accepted = yield* World.until(
        saucier.post("/orders", World.seed, key),
        ({ status }) => status !== 503
      )
      assert.strictEqual(accepted.status, 201)
      const { body } = yield* saucier.get("/ops/provider/ledger")
      assert.lengthOf([body["items"]].flat(), 1)
    }))

  it.scopedLive("settles by inquiry what it captured before its reply was lost", () =>
    Effect.gen(function*() {
      const { saucier } = yield* apart()
      yield* saucier.behave("lost-reply")
      const order = yield* saucier.post("/orders", World.seed)
      assert.strictEqual(order.status, 202)
      const settled = yield* World.until(
        saucier.get(`/orders/${order.body["id"]}`),
        ({ body }) => body["status"] !== "PaymentPending"
      )
      assert.include(["Paid", "Preparing"], settled.body["status"])
      const { body } = yield* saucier.get("/ops/provider/ledger")
      assert.lengthOf([body["items"]].flat(), 1)
    }))

  it.scopedLive("may be killed and started again: what was ordered meanwhile is charged once or not at all", () =>
    Effect.gen(function*() {
      const { folder, provider, saucier } = yield* apart()
      const before = yield* saucier.post("/orders", World.seed)
      yield* provider.end("SIGKILL")
      const meanwhile = yield* saucier.post("/orders", World.seed)
      assert.include([202, 503], meanwhile.status)
      yield* ProviderProcess.start(folder, {
        SAUCIER_PROVIDER_HTTP_PORT: new URL(provider.url).port,
        SAUCIER_PROVIDER_CONTROL_PORT: new URL(provider.controlUrl).port
      })
      const after = yield* World.until(saucier.post("/orders", World.seed), ({ status }) => status === 201)
      const { body } = yield* saucier.get("/ops/provider/ledger")
      const keys = [body["items"]].flat().map((line) => Object(line).key)
      assert.includeMembers(keys, [before.body["paymentId"], after.body["paymentId"]])
      assert.strictEqual(new Set(keys).size, keys.length)
    }))

  it.scopedLive("has presets only where its controls are known", () =>
    Effect.gen(function*() {
      const { url } = yield* ProviderProcess.start(yield* World.temporaryFolder)
      const saucier = yield* World.world("instant", { SAUCIER_PROVIDER_URL: url })
      const { body, status } = yield* saucier.get("/ops/provider/preset")
      assert.strictEqual(status, 503)
      assert.include(body["detail"], "no address of controls is set")
    }))
})

describe("the provider's preset", () => {
  it("may be any of those there are from the start", () => {
    const { literals } = Settings.SettingsSchema.fields.providerPreset
    assert.deepStrictEqual<ReadonlyArray<string>>(literals, presets)
  })

  it.scopedLive("is shown and switched by HTTP, and a wrong name is refused with those there are", () =>
    Effect.gen(function*() {
      const saucier = yield* World.world("instant")
      const shown = yield* saucier.get("/ops/provider/preset")
      assert.deepStrictEqual(shown.body, { preset: "instant", lostReplyRate: 0 })
      const switched = yield* saucier.call("PUT", "/ops/provider/preset", {
        preset: "seed",
        lostReplyRate: 0.01
      })
      assert.deepStrictEqual(switched.body, { preset: "seed", lostReplyRate: 0.01 })
      assert.deepStrictEqual((yield* saucier.get("/ops/provider/preset")).body, switched.body)
      const refused = yield* saucier.call("PUT", "/ops/provider/preset", { preset: "brown" })
      assert.strictEqual(refused.status, 400)
      const [error] = [refused.body["errors"]].flat()
      assert.strictEqual(Object(error).pointer, "/preset")
      assert.include(Object(error).message, "must be one of instant, healthy, seed, brownout")
      assert.deepStrictEqual((yield* saucier.get("/ops/provider/preset")).body, switched.body)
    }))

  it.scopedLive("is shown and switched by command, here or apart", () =>
    Effect.gen(function*() {
      for (const { url } of [yield* World.world("instant"), (yield* apart()).saucier]) {
        const run = (...parameters: ReadonlyArray<string>) =>
          CliProcess.run(["provider", "preset", ...parameters, "--url", url])
        assert.deepInclude(yield* run(), { code: 0, text: "instant: answers at once\n" })
        const switched = yield* run("--lost-reply-rate", "0.01", "seed")
        assert.deepInclude(switched, {
          code: 0,
          text: "seed: answers within 400 to 700 ms\nand 1 % of its replies to a charge are lost\n"
        })
        const { text } = yield* run("--json")
        assert.deepStrictEqual(JSON.parse(text), { preset: "seed", lostReplyRate: 0.01 })
        const wrong = yield* run("brown")
        assert.strictEqual(wrong.code, 2)
        assert.include(wrong.errors + wrong.text, "lost-reply")
        const nameless = yield* run("--lost-reply-rate", "0.5")
        assert.strictEqual(nameless.code, 2)
        assert.include(nameless.errors, "needs the name of a preset")
      }
    }))

  it.scopedLive("is told in Korean to those who read Korean", () =>
    Effect.gen(function*() {
      const { url } = yield* World.world("down")
      const { text } = yield* CliProcess.run(["provider", "preset", "--url", url], { LANG: "ko_KR.UTF-8" })
      assert.include(text, "연결을 거부합니다")
    }))
})
