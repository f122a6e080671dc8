import { assert, describe, it } from "@effect/vitest"
import { CallNotPermitted } from "@saucier/resilience/CallNotPermitted"
import * as Deadline from "@saucier/resilience/Deadline"
import * as Retry from "@saucier/resilience/Retry"
import * as RetryBudget from "@saucier/resilience/RetryBudget"
import { RetryBudgetConfig } from "@saucier/resilience/RetryBudgetConfig"
import { RetryConfig } from "@saucier/resilience/RetryConfig"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/TestClock"
import * as Arbitraries from "./Arbitraries.ts"
import { property } from "./Property.ts"
import { ProviderDown } from "./Workload.ts"
import * as World from "./World.ts"

const { array, constantFrom, integer, record } = FastCheck
const always = () => true

const notPermitted = new CallNotPermitted({
  name: "provider",
  state: "Open",
  retryAfter: Duration.seconds(4)
})

describe("Retry", () => {
  property(
    "16",
    "adds no more calls than the budget says, however many fail",
    record({
      seed: Arbitraries.seed,
      ratio: constantFrom(0, 0.1, 0.2, 0.5),
      minimumPerSecond: integer({ min: 0, max: 3 }),
      burst: integer({ min: 1, max: 10 }),
      maxAttempts: integer({ min: 1, max: 4 }),
      requests: array(integer({ min: 0, max: 200 }), { minLength: 5, maxLength: 40, size: "max" })
    }),
    ({ burst, maxAttempts, minimumPerSecond, ratio, requests, seed }) => {
      const world = World.make(seed)
      const budget = world.run(RetryBudget.make({
        name: "property",
        config: new RetryBudgetConfig({ burst, minimumPerSecond, ratio })
      }))
      const retry = Retry.make({ budget, config: new RetryConfig({ maxAttempts }), retryable: always })
      let calls = 0
      const provider = Effect.suspend(() => {
        calls++
        return Effect.zipRight(Effect.sleep(world.random() * 50), Effect.fail(new ProviderDown()))
      })
      for (const after of requests) {
        world.advance(after)
        world.fork(Effect.exit(retry.protect(provider)))
      }
      world.advance(30_000)
      const seconds = requests.reduce((sum, after) => sum + after, 0) / 1000 + 4 * (maxAttempts - 1)
      assert.isAtLeast(calls, requests.length)
      assert.isAtMost(calls, requests.length * maxAttempts)
      assert.isAtMost(calls, requests.length * (1 + ratio) + minimumPerSecond * (seconds + 1))
      if (minimumPerSecond === 0) assert.isAtMost(calls, requests.length * (1 + ratio))
      world.close()
    }
  )

  it.effect("does not try again what may have had an effect", () =>
    Effect.gen(function*() {
      const budget = yield* RetryBudget.make({ name: "strict" })
      const retry = Retry.make({ budget, retryable: (error) => error !== "outcome unknown" })
      let calls = 0
      const call = Effect.suspend(() => {
        calls++
        return Effect.fail("outcome unknown")
      })
      assert.strictEqual(yield* Effect.flip(retry.protect(call)), "outcome unknown")
      assert.strictEqual(calls, 1)
    }))

  it.effect("waits as long as the answer asks", () =>
    Effect.gen(function*() {
      const budget = yield* RetryBudget.make({ name: "polite" })
      const retry = Retry.make({ budget, retryable: always })
      const times: Array<number> = []
      const busy = Effect.flatMap(Clock.currentTimeMillis, (now) => {
        times.push(now)
        return times.length === 1
          ? Effect.fail({ retryAfter: Duration.seconds(7) })
          : Effect.succeed("served")
      })
      const fiber = yield* Effect.fork(retry.protect(busy))
      yield* TestClock.adjust("7 seconds")
      assert.strictEqual(yield* Fiber.join(fiber), "served")
      assert.deepStrictEqual(times, [0, 7000])
    }))

  it.effect("asks an open breaker again only when the deadline leaves time for it", () =>
    Effect.gen(function*() {
      const attempts = (deadline: Duration.DurationInput | undefined) =>
        Effect.gen(function*() {
          let calls = 0
          const refused = Effect.suspend(() =>
            calls++ === 0 ? Effect.fail(notPermitted) : Effect.succeed("closed")
          )
          const budget = yield* RetryBudget.make({ name: "breaker" })
          const request = Retry.make({ budget, retryable: always }).protect(refused)
          const fiber = yield* Effect.fork(Effect.exit(
            deadline === undefined ? request : Deadline.within(deadline)(request)
          ))
          yield* TestClock.adjust("10 seconds")
          yield* Fiber.join(fiber)
          return calls
        })
      assert.strictEqual(yield* attempts(undefined), 1)
      assert.strictEqual(yield* attempts("3 seconds"), 1)
      assert.strictEqual(yield* attempts("5 seconds"), 2)
    }))
})
