import { assert, describe, it } from "@effect/vitest"
import * as Bulkhead from "@saucier/resilience/Bulkhead"
import { BulkheadConfig } from "@saucier/resilience/BulkheadConfig"
import { BulkheadFull } from "@saucier/resilience/BulkheadFull"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/TestClock"
import * as Arbitraries from "./Arbitraries.ts"
import { property } from "./Property.ts"
import * as World from "./World.ts"

const { array, boolean, constantFrom, integer, option, record } = FastCheck

/** Few lengths, so that calls end, waits are over and callers give up in the same instant. */
const lengths = constantFrom(0, 10, 20, 30)

const config = record({
  maxConcurrent: integer({ min: 1, max: 3 }),
  maxWaiting: integer({ min: 0, max: 4 }),
  maxWait: constantFrom(10, 20, 60).map((millis) => Duration.millis(millis))
}).map((settings) => new BulkheadConfig(settings))

const callers = array(
  record({
    after: constantFrom(0, 0, 10),
    latency: lengths,
    dies: boolean(),
    patience: option(lengths, { freq: 2 })
  }),
  { minLength: 4, maxLength: 25, size: "max" }
)

describe("Bulkhead", () => {
  property(
    "9b",
    "holds its bounds and gets every place back from calls that are interrupted or die",
    record({ seed: Arbitraries.seed, config, callers }),
    ({ callers, config, seed }) => {
      const world = World.make(seed)
      const bulkhead = world.run(Bulkhead.make({ name: "property", config }))
      let running = 0
      let atOnce = 0
      const answers: Array<World.Running<unknown, unknown>> = []
      for (const { after, dies, latency, patience } of callers) {
        const enter = Effect.sync(() => {
          running++
          atOnce = Math.max(atOnce, running)
        })
        const call = Effect.acquireUseRelease(
          enter,
          () => Effect.zipRight(Effect.sleep(latency), dies ? Effect.die("a bug") : Effect.void),
          () => Effect.sync(() => running--)
        )
        const guarded = bulkhead.protect(call)
        const patient = patience === null ? guarded : Effect.timeoutOption(guarded, patience)
        world.advance(after)
        answers.push(world.fork(patient))
        assert.isAtMost(Effect.runSync(bulkhead.usage).waiting, config.maxWaiting)
      }
      world.advance(5000)
      assert.deepStrictEqual(Effect.runSync(bulkhead.usage), { running: 0, waiting: 0 })
      assert.strictEqual(running, 0)
      assert.isAtMost(atOnce, config.maxConcurrent)
      assert.isTrue(answers.every((answer) => answer.exit() !== undefined))
      world.close()
    }
  )

  it.effect("lets those in first who waited longest", () =>
    Effect.gen(function*() {
      const bulkhead = yield* Bulkhead.make({
        name: "fair",
        config: new BulkheadConfig({ maxConcurrent: 1 })
      })
      const gate = yield* Deferred.make<void>()
      const entered: Array<string> = []
      const visit = (name: string) =>
        bulkhead.protect(Effect.zipRight(Effect.sync(() => entered.push(name)), Deferred.await(gate)))
      const fibers = yield* Effect.forEach(
        ["a", "b", "c", "d"],
        (name) => Effect.zipLeft(Effect.fork(visit(name)), Effect.yieldNow())
      )
      assert.deepStrictEqual(entered, ["a"])
      yield* Deferred.succeed(gate, undefined)
      yield* Fiber.joinAll(fibers)
      assert.deepStrictEqual(entered, ["a", "b", "c", "d"])
    }))

  it.effect("refuses at once when the queue is full, and the waiting after their time", () =>
    Effect.gen(function*() {
      const bulkhead = yield* Bulkhead.make({
        name: "busy",
        config: new BulkheadConfig({ maxConcurrent: 1, maxWaiting: 1, maxWait: Duration.millis(100) })
      })
      const holder = yield* Effect.fork(bulkhead.protect(Effect.never))
      const waiter = yield* Effect.fork(Effect.flip(bulkhead.protect(Effect.void)))
      yield* Effect.yieldNow()
      const refused = yield* Effect.flip(bulkhead.protect(Effect.void))
      assert.instanceOf(refused, BulkheadFull)
      assert.strictEqual(refused.reason, "queue-full")
      yield* TestClock.adjust("100 millis")
      const late = yield* Fiber.join(waiter)
      assert.strictEqual(late.reason, "wait-too-long")
      yield* Fiber.interrupt(holder)
      assert.isTrue(Exit.isSuccess(yield* Effect.exit(bulkhead.protect(Effect.void))))
    }))
})
