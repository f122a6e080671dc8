import { assert, describe, it } from "@effect/vitest"
import * as CircuitBreaker from "@saucier/resilience/CircuitBreaker"
import * as CircuitBreakerHistory from "@saucier/resilience/CircuitBreakerHistory"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"

describe("CircuitBreakerHistory", () => {
  it.scoped("tells each transition with its reason and the time of day", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(1_000_000)
      const breaker = yield* CircuitBreaker.make({ name: "bank" })
      const { status } = yield* CircuitBreakerHistory.make(breaker)
      yield* TestClock.adjust(1)
      assert.deepInclude(yield* status, { state: "Closed", reason: null, since: 1_000_000, transitions: [] })
      yield* TestClock.adjust("1 minute")
      yield* Effect.replicateEffect(Effect.ignore(breaker.protect(Effect.fail("no"))), 200)
      yield* TestClock.adjust(1)
      const open = yield* status
      assert.deepInclude(open, { name: "bank", state: "Open", reason: "failure-rate", since: 1_060_001 })
      assert.deepInclude(open.transitions[0], { from: "Closed", to: "Open", failureRate: 1 })
    }))

  it.scoped("keeps the newest 64", () =>
    Effect.gen(function*() {
      const breaker = yield* CircuitBreaker.make({ name: "bank" })
      const { status } = yield* CircuitBreakerHistory.make(breaker)
      yield* TestClock.adjust(1)
      for (let i = 0; i < 50; i++) {
        yield* breaker.force("ForcedOpen")
        yield* breaker.reset
        yield* TestClock.adjust(1)
      }
      const { transitions } = yield* status
      assert.lengthOf(transitions, 64)
      assert.strictEqual(transitions.at(-1)?.reason, "reset")
    }))
})
