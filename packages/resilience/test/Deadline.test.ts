import { assert, describe, it } from "@effect/vitest"
import * as Deadline from "@saucier/resilience/Deadline"
import { DeadlineExceeded } from "@saucier/resilience/DeadlineExceeded"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as TestClock from "effect/TestClock"

const millisLeft = Effect.map(Deadline.remaining, Option.map(Duration.toMillis))

describe("Deadline", () => {
  it.effect("interrupts the call and says so when the time is up", () =>
    Effect.gen(function*() {
      let interrupted = false
      const call = Effect.onInterrupt(Effect.never, () => Effect.sync(() => interrupted = true))
      const fiber = yield* Effect.fork(Effect.flip(Deadline.within("2 seconds")(call)))
      yield* TestClock.adjust("1999 millis")
      assert.isFalse(interrupted)
      yield* TestClock.adjust("1 millis")
      assert.instanceOf(yield* Fiber.join(fiber), DeadlineExceeded)
      assert.isTrue(interrupted)
    }))

  it.effect("travels with the fiber, and an inner one can only be nearer", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* millisLeft, Option.none())
      const nested = Effect.gen(function*() {
        const outer = yield* millisLeft
        const forked = yield* Effect.flatMap(Effect.fork(millisLeft), Fiber.join)
        const nearer = yield* Deadline.within("1 seconds")(millisLeft)
        const farther = yield* Deadline.within("9 seconds")(millisLeft)
        const endless = yield* Deadline.within(Duration.infinity)(millisLeft)
        return [outer, forked, nearer, farther, endless].map(Option.getOrNull)
      })
      assert.deepStrictEqual(yield* Deadline.within("5 seconds")(nested), [5000, 5000, 1000, 5000, 5000])
    }))

  it.effect("does not start what is already too late", () =>
    Effect.gen(function*() {
      let started = false
      const call = Effect.sync(() => started = true)
      assert.instanceOf(yield* Effect.flip(Deadline.within(0)(call)), DeadlineExceeded)
      assert.isFalse(started)
    }))
})
