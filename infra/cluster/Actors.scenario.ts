/** Acceptance 0 and 1: one order's commands apply one after the other, two orders run side by side. */
import { assert, describe, it } from "@effect/vitest"
import * as Callers from "@saucier/proof/Callers"
import * as Array from "effect/Array"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Books from "./Books.ts"
import * as World from "./World.ts"

const Events = Schema.parseJson(Schema.Struct({
  items: Schema.Array(Schema.Struct({
    streamId: Schema.String,
    version: Schema.Int,
    type: Schema.String,
    occurredAt: Schema.Number
  }))
}))

const log = ({ base }: World.World, context: string) =>
  Effect.flatMap(
    World.ask(`${base}/ops/events?context=${context}&limit=1000`),
    ({ text }) => Effect.map(Schema.decode(Events)(text), ({ items }) => items)
  )

describe("actors in processes of their own", () => {
  it.scopedLive("0.1 fifty commands to one order apply one after the other", () =>
    Effect.gen(function*() {
      const world = yield* World.start({ counts: { order: 2, payment: 2 } })
      const taps = yield* Effect.all(Array.replicate(Callers.insist(world.base, "tap"), 25), {
        concurrency: "unbounded"
      })
      const ids = new Set(taps.flat().filter(Callers.isAcknowledged).map(({ orderId }) => orderId))
      assert.lengthOf(ids, 1)
      const [id = ""] = ids
      const cancel = World.ask(`${world.base}/orders/${id}/cancel`, "POST", { reason: "fifty" })
      const cancelled = yield* Effect.all(Array.replicate(cancel, 25), { concurrency: "unbounded" })
      for (const { status } of cancelled) assert.include([200, 202], status)
      yield* Books.hold(world.base, taps.flat())
      for (const context of ["order", "payment", "delivery"]) {
        const versions = (yield* log(world, context)).filter(({ streamId }) => streamId.includes(id.slice(4)))
          .map(({ version }) => version)
        assert.deepStrictEqual(versions, versions.map((_, index) => index + 1))
      }
    }))

  it.scopedLive("0.2 two orders before a slow bank are both under way at once", () =>
    Effect.gen(function*() {
      const world = yield* World.start({ settings: { SAUCIER_PROVIDER_PRESET: "slow" } })
      const calls = yield* Callers.many(world.base, 2, 2)
      const verdict = yield* Books.hold(world.base, calls)
      assert.strictEqual(verdict.captures, 2)
      const payments = yield* log(world, "payment")
      const times = (type: string) =>
        payments.filter((event) => event.type === type).map(({ occurredAt }) => occurredAt)
      assert.isBelow(Math.max(...times("PaymentRequested")), Math.min(...times("PaymentCaptured")))
    }))

  it.live("8.1 a bad setting stops the start and names itself", () =>
    Effect.gen(function*() {
      const { code, said } = yield* World.refused({ settings: { SAUCIER_BREAKER_WINDOW: "a while" } })
      assert.strictEqual(code, 78)
      assert.include(said, "SAUCIER_BREAKER_WINDOW")
    }))

  it.scopedLive("8.1 a changed setting needs no rebuild", () =>
    Effect.gen(function*() {
      const settings = { SAUCIER_PROVIDER_PRESET: "seed", SAUCIER_BREAKER_SLOW_CALL: "100 millis" }
      const world = yield* World.start({ settings })
      const load = yield* Callers.load(world.base, 10)
      yield* World.until(
        Effect.sync(() => load.calls.filter(({ status }) => status === 503).length),
        (refused) => refused > 10
      )
      yield* load.stop
      yield* Books.hold(world.base, load.calls)
    }))

  it.scopedLive("ends on Ctrl-C with no process left", () =>
    Effect.gen(function*() {
      const world = yield* World.start()
      const calls = yield* Callers.many(world.base, 20, 4)
      yield* Books.hold(world.base, calls)
      assert.deepStrictEqual(yield* world.end, { code: 0, left: [] })
    }))

  it.scopedLive("leaves no process behind when the supervisor is killed", () =>
    Effect.gen(function*() {
      const world = yield* World.start()
      const calls = yield* Callers.many(world.base, 20, 4)
      yield* Books.hold(world.base, calls)
      assert.lengthOf(yield* world.orphan, 7)
    }))
})
