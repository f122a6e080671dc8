/** The stand-in in this process; what takes its time there is watched on the test clock. */
import { assert, describe, it } from "@effect/vitest"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import { PaymentProvider } from "@saucier/payment/PaymentProvider"
import type { ProviderEvent } from "@saucier/payment/ProviderEvent"
import { type Preset, ProviderPresets } from "@saucier/payment/ProviderPresets"
import * as Presets from "@saucier/provider/Presets"
import { ProviderWebhooks } from "@saucier/provider/ProviderWebhooks"
import * as StandIn from "@saucier/provider/StandIn"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/TestClock"
import { newCharge } from "../../payment/test/PaymentProviderContract.ts"

const bank = (preset: Preset, desk = { capacity: 64, waiting: 1_000 }, sent: Array<ProviderEvent> = []) =>
  Layer.build(
    StandIn.layerWith(desk).pipe(
      Layer.provide(EventStoreMemory.layer("provider")),
      Layer.provide(Layer.succeed(ProviderWebhooks, {
        send: (event) => Effect.asVoid(Effect.sync(() => sent.push(event)))
      })),
      Layer.provideMerge(Presets.layer(preset))
    )
  ).pipe(Effect.map((parts) => ({
    provider: Context.get(parts, PaymentProvider),
    behave: (preset: Preset) => Context.get(parts, ProviderPresets).set({ preset, lostReplyRate: 0 })
  })))

/** The step by which the test clock moves, in milliseconds. */
const tick = 25

/** Virtual milliseconds until the answer is there. */
const timed = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const begun = yield* Clock.currentTimeMillis
    yield* effect
    return (yield* Clock.currentTimeMillis) - begun
  })

describe("the stand-in", () => {
  it.scoped.each(
    [
      ["healthy", 100, 700],
      ["seed", 400, 700],
      ["brownout", 600, 900],
      ["slow", 900, 1500],
      ["duplicate-webhook", 100, 700],
      ["hang", 30_000, 30_000]
    ] as const
  )("takes by preset %s from %d to %d ms", ([preset, from, to]) =>
    Effect.gen(function*() {
      const { provider } = yield* bank(preset)
      const charges = yield* Effect.replicateEffect(newCharge, 50)
      const fiber = yield* Effect.fork(
        Effect.forEach(charges, (charge) => timed(provider.charge(charge)), { concurrency: "unbounded" })
      )
      for (let i = 0; i < 64; i++) yield* TestClock.adjust(i < 60 ? tick : 10_000)
      const times = yield* Fiber.join(fiber)
      for (const time of times) assert.isTrue(time >= from && time <= to + tick, `${time} ms`)
      if (from < to) assert.isAbove(Math.max(...times) - Math.min(...times), (to - from) / 2)
    }))

  it.scoped("finishes what hung after its caller had gone", () =>
    Effect.gen(function*() {
      const { behave, provider } = yield* bank("hang")
      const charge = yield* newCharge
      const caller = yield* Effect.fork(provider.charge(charge))
      yield* TestClock.adjust("3 seconds")
      yield* Fiber.interrupt(caller)
      yield* behave("instant")
      assert.strictEqual((yield* provider.inquire(charge.key))._tag, "NotFound")
      yield* TestClock.adjust("27 seconds")
      assert.strictEqual((yield* provider.inquire(charge.key))._tag, "Captured")
    }))

  it.scoped("serves so many at once, lets others wait in a row, and refuses the rest", () =>
    Effect.gen(function*() {
      const { provider } = yield* bank("slow", { capacity: 2, waiting: 4 })
      const charges = yield* Effect.replicateEffect(newCharge, 9)
      const fibers = yield* Effect.forEach(
        charges,
        (charge) => Effect.fork(Effect.either(timed(provider.charge(charge))))
      )
      for (let i = 0; i < 200; i++) yield* TestClock.adjust(tick)
      const answers = yield* Effect.forEach(fibers, Fiber.join)
      const times = answers.flatMap((answer) => answer._tag === "Right" ? [answer.right] : [])
      assert.deepStrictEqual(answers.map(({ _tag }) => _tag), [
        ...Array(6).fill("Right"),
        ...Array(3).fill("Left")
      ])
      // Three rounds at 900 ms or more, two in each.
      assert.isAtLeast(Math.min(...times.slice(2)), 1_800)
      assert.isAtLeast(Math.min(...times.slice(4)), 2_700)
    }))

  it.scoped("tells each fact once, with the same id as ever", () =>
    Effect.gen(function*() {
      const sent: Array<ProviderEvent> = []
      const { provider } = yield* bank("instant", undefined, sent)
      const charge = yield* newCharge
      yield* Effect.replicateEffect(provider.charge(charge), 3)
      yield* Effect.replicateEffect(provider.refund(charge.key), 3)
      assert.deepStrictEqual(sent.map(({ amount, id, key, type }) => ({ amount, id, key, type })), [
        { amount: charge.amount, id: `evt_${charge.key}.1`, key: charge.key, type: "charge.captured" },
        { amount: charge.amount, id: `evt_${charge.key}.2`, key: charge.key, type: "charge.refunded" }
      ])
    }))

  it.scoped("tells by preset everything twice, late and out of order", () =>
    Effect.gen(function*() {
      const sent: Array<ProviderEvent> = []
      const { provider } = yield* bank("duplicate-webhook", undefined, sent)
      const charges = yield* Effect.replicateEffect(newCharge, 20)
      const fiber = yield* Effect.fork(Effect.forEach(charges, (charge) => provider.charge(charge)))
      for (let i = 0; i < 100; i++) yield* TestClock.adjust("200 millis")
      yield* Fiber.join(fiber)
      const keys = sent.map(({ key }) => key)
      assert.deepStrictEqual([...keys].sort(), charges.flatMap(({ key }) => [key, key]).sort())
      assert.notDeepEqual([...new Set(keys)], charges.map(({ key }) => key))
    }))
})
