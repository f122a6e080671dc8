import { assert, describe, it } from "@effect/vitest"
import { AttemptWatch, type Watch } from "@saucier/resilience/AttemptWatch"
import { BulkheadConfig } from "@saucier/resilience/BulkheadConfig"
import * as CircuitBreaker from "@saucier/resilience/CircuitBreaker"
import { CircuitBreakerConfig } from "@saucier/resilience/CircuitBreakerConfig"
import type { CircuitBreakerEvent } from "@saucier/resilience/CircuitBreakerEvent"
import { LostTime } from "@saucier/resilience/LostTime"
import { classifyTags } from "@saucier/resilience/Outcome"
import * as Resilience from "@saucier/resilience/Resilience"
import { ResilienceConfig } from "@saucier/resilience/ResilienceConfig"
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Stream from "effect/Stream"
import { ProviderDown } from "./Workload.ts"
import * as World from "./World.ts"

class Declined extends Data.TaggedError("Declined")<{}> {}

/** What the native tracer keeps: name, time, attributes. */
const spanEvents = (span: object, part = 0): ReadonlyArray<unknown> =>
  Predicate.hasProperty(span, "events") && Array.isArray(span.events)
    ? span.events.map((event: unknown) => Array.isArray(event) ? event[part] : event)
    : []

const setUp = (config: ResilienceConfig) => {
  const world = World.make(7)
  const resilience = world.run(Resilience.make({
    name: "provider",
    config,
    classify: classifyTags({ Declined: "success" })
  }))
  const events: Array<CircuitBreakerEvent> = []
  world.fork(Stream.runForEach(resilience.breaker.events, (event) => Effect.sync(() => events.push(event))))
  world.settle()
  const tags = () => events.map(({ _tag }) => _tag)
  const outcome = <A, E extends { readonly _tag: string }>(call: Effect.Effect<A, E>) =>
    world.run(
      resilience.protect(call).pipe(
        Effect.as("answered"),
        Effect.catchAll((error) => Effect.succeed(error._tag))
      )
    )
  return { world, resilience, events, tags, outcome }
}

describe("the breaker", () => {
  const slowRate = (lostMillis: number) => {
    const world = World.make(7)
    const breaker = world.run(
      Effect.provideService(
        CircuitBreaker.make({ name: "provider" }),
        LostTime,
        (duration) => duration === 900e6 ? lostMillis * 1e6 : 0
      )
    )
    world.run(breaker.protect(Effect.sleep("900 millis")))
    return world.run(Effect.map(breaker.counts, ({ calls, slow }) => slow / calls))
  }

  it("does not take the time for the provider's in which this process stood still", () => {
    assert.strictEqual(slowRate(0), 1)
    assert.strictEqual(slowRate(300), 0)
    assert.strictEqual(slowRate(100), 1)
  })
})

describe("the time that a transport tells of", () => {
  /** How long the breaker takes each call for, in milliseconds. */
  const durations = (...calls: ReadonlyArray<(watch: Watch) => Effect.Effect<void>>) => {
    const { events, resilience, world } = setUp(new ResilienceConfig({}))
    for (const call of calls) {
      world.run(Effect.exit(resilience.protect(Effect.flatMap(
        AttemptWatch,
        (watch) => watch === undefined ? Effect.dieMessage("nobody watches") : call(watch)
      ))))
    }
    return events.flatMap((event) => "duration" in event ? [event.duration / 1e6] : [])
  }
  const leaves = (watch: Watch) => Effect.sync(watch.leaves)
  const comes = (watch: Watch) => Effect.sync(watch.comes)
  const pause = (millis: number) => Effect.sleep(millis)

  it("is the provider's: what this process takes before and after is not", () => {
    const busy = (provider: number) => (watch: Watch) =>
      Effect.all([pause(500), leaves(watch), pause(provider), comes(watch), pause(500)], { discard: true })
    assert.deepStrictEqual(durations(busy(300), busy(700)), [300, 700])
  })

  it("is not known of an answer that never comes, which counts from the beginning", () => {
    const silent = (watch: Watch) => Effect.zipRight(leaves(watch), pause(900))
    assert.deepStrictEqual(durations(silent), [900])
  })

  it("is that of the last of several requests, and of its first answer", () => {
    const twice = (watch: Watch) =>
      Effect.all(
        [
          leaves(watch),
          pause(100),
          comes(watch),
          leaves(watch),
          pause(200),
          comes(watch),
          pause(50),
          comes(watch)
        ],
        { discard: true }
      )
    assert.deepStrictEqual(durations(twice), [200])
  })
})

describe("the pipeline", () => {
  it("leaves the time in the queue out of what the breaker measures, and does not count a full bulkhead", () => {
    const { events, resilience, tags, world } = setUp(
      new ResilienceConfig({
        bulkhead: new BulkheadConfig({ maxConcurrent: 1, maxWaiting: 1, maxWait: Duration.seconds(1) })
      })
    )
    const call = resilience.protect(Effect.sleep(600))
    const [first, second, third] = [world.fork(call), world.fork(call), world.fork(Effect.flip(call))]
    world.advance(2000)
    assert.isTrue([first, second, third].every((running) => running.exit() !== undefined))
    assert.deepStrictEqual(tags().sort(), ["CallIgnored", "CallSucceeded", "CallSucceeded"])
    const durations = events.flatMap((event) => event._tag === "CallSucceeded" ? [event.duration / 1e6] : [])
    assert.deepStrictEqual(durations, [600, 600])
  })

  it("takes an attempt timeout for a failure and a declined card for an answer", () => {
    const { outcome, tags } = setUp(new ResilienceConfig({}))
    assert.strictEqual(outcome(Effect.never), "AttemptTimeout")
    assert.strictEqual(outcome(Effect.fail(new Declined())), "Declined")
    assert.deepStrictEqual(tags(), ["CallFailed", "CallSucceeded"])
  })

  it("does not blame the provider for a caller's short deadline", () => {
    const { outcome, tags } = setUp(new ResilienceConfig({ deadline: Duration.millis(200) }))
    assert.strictEqual(outcome(Effect.never), "DeadlineExceeded")
    assert.deepStrictEqual(tags(), ["CallIgnored"])
  })

  it("opens, refuses without calling, tries a few and closes again", () => {
    const { outcome, resilience, tags, world } = setUp(new ResilienceConfig({}))
    for (let call = 0; call < 20; call++) {
      assert.strictEqual(outcome(Effect.fail(new ProviderDown())), "ProviderDown")
    }
    assert.strictEqual(outcome(Effect.die("never called")), "CallNotPermitted")
    world.advance(6000)
    assert.strictEqual(Effect.runSync(resilience.breaker.state)._tag, "HalfOpen")
    for (let call = 0; call < 5; call++) assert.strictEqual(outcome(Effect.void), "answered")
    assert.strictEqual(Effect.runSync(resilience.breaker.state)._tag, "Closed")
    assert.deepStrictEqual(tags().filter((tag) => tag === "StateTransition").length, 3)
  })

  it("writes its decisions on the span of the call that met them", () => {
    const { resilience, world } = setUp(new ResilienceConfig({}))
    const span = world.run(
      Effect.gen(function*() {
        yield* Effect.replicateEffect(Effect.ignore(resilience.protect(Effect.fail(new ProviderDown()))), 20)
        return yield* Effect.zipLeft(Effect.currentSpan, Effect.ignore(resilience.protect(Effect.void)))
      }).pipe(Effect.withSpan("payment"))
    )
    assert.deepStrictEqual(spanEvents(span), [
      "circuit_breaker.StateTransition",
      "circuit_breaker.CallNotPermitted"
    ])
    assert.deepStrictEqual(spanEvents(span, 2), [
      {
        name: "provider",
        from: "Closed",
        to: "Open",
        reason: "failure-rate",
        failureRate: 1,
        slowRate: 0,
        calls: 20
      },
      { name: "provider", state: "Open", retry_after_ms: 5135 }
    ])
  })

  it("refuses settings that make no sense, by name", () => {
    assert.throws(() => new CircuitBreakerConfig({ failureRateThreshold: 0 }), /failureRateThreshold/)
    assert.throws(
      () => new CircuitBreakerConfig({ window: { type: "count", size: 10 }, minimumNumberOfCalls: 20 }),
      /minimumNumberOfCalls/
    )
  })
})
