/** The provider behind its breaker, on the test clock: what the acceptance rows 5.1 and 5.2 promise. */
import { assert, describe, it } from "@effect/vitest"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import * as Ids from "@saucier/kernel/Ids"
import { MinorUnits } from "@saucier/kernel/Money"
import * as TypeId from "@saucier/kernel/TypeId"
import { PaymentProvider } from "@saucier/payment/PaymentProvider"
import * as ProtectedProvider from "@saucier/payment/ProtectedProvider"
import { type Preset, ProviderPresets } from "@saucier/payment/ProviderPresets"
import * as Presets from "@saucier/provider/Presets"
import * as StandIn from "@saucier/provider/StandIn"
import { BulkheadConfig } from "@saucier/resilience/BulkheadConfig"
import { ResilienceConfig } from "@saucier/resilience/ResilienceConfig"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { inVirtualTime } from "../../eventsourcing/test/SubscriptionWorld.ts"

const amount = { amount: MinorUnits.make(10_000), currency: "KRW" } as const

const world = (preset: Preset, config = new ResilienceConfig({})) =>
  Effect.gen(function*() {
    const bank = yield* Layer.build(
      StandIn.layer.pipe(
        Layer.provide(EventStoreMemory.layer("provider")),
        Layer.provideMerge(Presets.layer(preset))
      )
    )
    let calls = 0
    const bare = Context.get(bank, PaymentProvider)
    const counted = PaymentProvider.of({
      ...bare,
      charge: (charge) =>
        Effect.suspend(() => {
          calls++
          return bare.charge(charge)
        })
    })
    const context = yield* Layer.build(
      ProtectedProvider.layer(config).pipe(Layer.provide(Layer.succeed(PaymentProvider, counted)))
    )
    const provider = Context.get(context, PaymentProvider)
    const presets = Context.get(bank, ProviderPresets)
    const charge = Effect.gen(function*() {
      const suffix = yield* TypeId.generate
      const since = yield* Clock.currentTimeMillis
      const answer = yield* Effect.either(
        provider.charge({ key: `pay_${suffix}`, orderId: Ids.orderId(suffix), amount })
      )
      const kind = answer._tag === "Right" ? answer.right._tag : answer.left._tag
      return { kind, millis: (yield* Clock.currentTimeMillis) - since }
    })
    return {
      charge,
      calls: () => calls,
      breaker: Context.get(context, ProtectedProvider.ProviderBreaker),
      behave: (preset: Preset) => Effect.orDie(presets.set({ preset, lostReplyRate: 0 }))
    }
  })

/** So many callers, each with one charge after another. */
const callers = (count: number, charge: Effect.Effect<{ readonly kind: string; readonly millis: number }>) =>
  Effect.replicateEffect(charge, count, { concurrency: 10 })

const test = <E>(title: string, body: () => Effect.Effect<void, E, Scope.Scope>) =>
  it.effect(title, () => inVirtualTime(Effect.scoped(Effect.suspend(body))))

const config = new ResilienceConfig({
  bulkhead: new BulkheadConfig({ maxConcurrent: 64, maxWaiting: 256, maxWait: Duration.seconds(1) })
})

describe("the protected provider", () => {
  test("stays closed for 300 orders of 10 callers while the provider is as slow as the seed's", () =>
    Effect.gen(function*() {
      const { breaker, charge } = yield* world("seed", config)
      const answers = yield* callers(300, charge)
      assert.deepStrictEqual(new Set(answers.map(({ kind }) => kind)), new Set(["Captured"]))
      assert.strictEqual((yield* breaker.state)._tag, "Closed")
    }))

  test("opens within 5 s of a brownout; open, it answers at once and calls nobody; healed, it closes by itself", () =>
    Effect.gen(function*() {
      const { behave, breaker, calls, charge } = yield* world("brownout", config)
      const state = Effect.map(breaker.state, ({ _tag }) => _tag)
      const since = yield* Clock.currentTimeMillis
      const load = yield* Effect.fork(callers(1000, charge))
      while ((yield* state) === "Closed") yield* Effect.sleep("10 millis")
      assert.isAtMost((yield* Clock.currentTimeMillis) - since, 5000)
      yield* Fiber.interrupt(load)
      const opened = calls()

      const refused = yield* callers(20, charge)
      assert.deepStrictEqual(new Set(refused.map(({ kind }) => kind)), new Set(["ProviderRefused"]))
      assert.strictEqual(Math.max(...refused.map(({ millis }) => millis)), 0)
      assert.strictEqual(calls(), opened)

      yield* behave("healthy")
      yield* Effect.sleep("7 seconds")
      assert.strictEqual(yield* state, "HalfOpen")
      yield* callers(5, charge)
      assert.strictEqual(yield* state, "Closed")
    }))

  test("gives up on a provider that hangs after the attempt's time, and calls its outcome unknown", () =>
    Effect.gen(function*() {
      const { charge } = yield* world("hang", config)
      const { kind, millis } = yield* charge
      assert.strictEqual(kind, "ProviderSilent")
      assert.isAtMost(Math.abs(millis - 3000), 5)
    }))

  test("tries a refused call again, twice, and never a silent one", () =>
    Effect.gen(function*() {
      const { behave, calls, charge } = yield* world("down", config)
      assert.strictEqual((yield* charge).kind, "ProviderRefused")
      assert.strictEqual(calls(), 3)
      yield* behave("lost-reply")
      assert.strictEqual((yield* charge).kind, "ProviderSilent")
      assert.strictEqual(calls(), 4)
    }))

  test("turns callers away, unharmed, when too many wait, which says nothing about the provider", () =>
    Effect.gen(function*() {
      const { breaker, calls, charge } = yield* world(
        "seed",
        new ResilienceConfig({
          bulkhead: new BulkheadConfig({ maxConcurrent: 2, maxWaiting: 1, maxWait: Duration.millis(100) })
        })
      )
      const answers = yield* callers(10, charge)
      assert.strictEqual(answers.filter(({ kind }) => kind === "Captured").length, 2)
      assert.strictEqual(answers.filter(({ kind }) => kind === "ProviderRefused").length, 8)
      assert.strictEqual(calls(), 2)
      assert.strictEqual((yield* breaker.state)._tag, "Closed")
    }))
})
