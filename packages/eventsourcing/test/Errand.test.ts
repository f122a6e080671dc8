import { assert, describe, it } from "@effect/vitest"
import * as Errand from "@saucier/eventsourcing/Errand"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/TestClock"

class Purse extends Context.Reference<Purse>()("test/Purse", { defaultValue: () => "empty" }) {}

const late = () => "late"

describe("an errand", () => {
  it.effect("brings back the answer, the failure or the defect", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* Errand.within(Effect.delay(Effect.succeed(1), 0), "1 second", late), 1)
      assert.strictEqual(yield* Effect.flip(Errand.within(Effect.fail("no"), "1 second", late)), "no")
      const died = yield* Effect.exit(Errand.within(Effect.die("bug"), "1 second", late))
      assert.strictEqual(died._tag, "Failure")
    }).pipe(Effect.zipLeft(TestClock.adjust(0), { concurrent: true })))

  it.effect("is given up when its time is over, and told so", () =>
    Effect.gen(function*() {
      const stopped = yield* Deferred.make<void>()
      const silent = Effect.onInterrupt(Effect.never, () => Deferred.succeed(stopped, undefined))
      const asked = yield* Effect.fork(Effect.either(Errand.within(silent, "2 seconds", late)))
      yield* TestClock.adjust("1999 millis")
      assert.isNull(asked.unsafePoll())
      yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(yield* Fiber.join(asked), Either.left("late"))
      yield* Deferred.await(stopped)
    }))

  it.effect("goes again when whoever had it was stopped: the actor moved, and nobody called it off", () =>
    Effect.gen(function*() {
      let tries = 0
      const moving = Effect.suspend(() => ++tries < 3 ? Effect.interrupt : Effect.succeed("done"))
      const asked = yield* Effect.fork(Errand.within(moving, "2 seconds", late))
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* Fiber.join(asked), "done")
      assert.strictEqual(tries, 3)
    }))

  it.effect("writes on its caller's span that the actor moved", () =>
    Effect.gen(function*() {
      const noted: Array<string> = []
      Object.assign(yield* Effect.currentSpan, { event: (name: string) => noted.push(name) })
      let tries = 0
      const moving = Effect.suspend(() => ++tries < 3 ? Effect.interrupt : Effect.void)
      const asked = yield* Effect.fork(Errand.within(moving, "2 seconds", late))
      yield* TestClock.adjust("1 second")
      yield* Fiber.join(asked)
      assert.deepStrictEqual(noted, ["actor.moved", "actor.moved"])
    }).pipe(Effect.withSpan("outer")))

  it.effect("is given up in time also when it moves for ever", () =>
    Effect.gen(function*() {
      const asked = yield* Effect.fork(Effect.flip(Errand.within(Effect.interrupt, "2 seconds", late)))
      yield* TestClock.adjust("2 seconds")
      assert.strictEqual(yield* Fiber.join(asked), "late")
    }))

  it.effect("ends with its caller", () =>
    Effect.gen(function*() {
      const begun = yield* Deferred.make<void>()
      const stopped = yield* Deferred.make<void>()
      const silent = Effect.zipRight(Deferred.succeed(begun, undefined), Effect.never).pipe(
        Effect.onInterrupt(() => Deferred.succeed(stopped, undefined))
      )
      const asked = yield* Effect.fork(Errand.within(silent, "2 seconds", late))
      yield* Deferred.await(begun)
      yield* Fiber.interrupt(asked)
      yield* Deferred.await(stopped)
    }))

  it.effect("takes the span along, and nothing else", () =>
    Effect.gen(function*() {
      const outer = yield* Effect.currentSpan
      const [span, purse] = yield* Errand.within(Effect.all([Effect.currentSpan, Purse]), "1 second", late)
      assert.strictEqual(span.spanId, outer.spanId)
      assert.strictEqual(purse, "empty")
    }).pipe(Effect.provideService(Purse, "full"), Effect.withSpan("outer")))
})
