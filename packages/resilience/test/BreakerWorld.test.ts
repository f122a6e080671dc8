import { assert, describe } from "@effect/vitest"
import { CallNotPermitted } from "@saucier/resilience/CallNotPermitted"
import type * as CircuitBreaker from "@saucier/resilience/CircuitBreaker"
import { CircuitBreakerConfig } from "@saucier/resilience/CircuitBreakerConfig"
import { CircuitBreakerEvent, StateName } from "@saucier/resilience/CircuitBreakerEvent"
import { rebuild } from "@saucier/resilience/CircuitBreakerEvolve"
import * as Metrics from "@saucier/resilience/CircuitBreakerMetrics"
import * as State from "@saucier/resilience/CircuitBreakerState"
import * as Cause from "effect/Cause"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FastCheck from "effect/FastCheck"
import * as FiberId from "effect/FiberId"
import * as Metric from "effect/Metric"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Arbitraries from "./Arbitraries.ts"
import { property } from "./Property.ts"
import * as Workload from "./Workload.ts"
import * as World from "./World.ts"

const { array, boolean, constantFrom, integer, nat, record } = FastCheck
const down = Effect.fail(new Workload.ProviderDown())

/** Fails until the breaker is open. */
const breakDown = (breaker: CircuitBreaker.CircuitBreaker) =>
  breaker.protect(down).pipe(
    Effect.exit,
    Effect.zipRight(breaker.state),
    Effect.repeat({ until: ({ _tag }) => _tag === "Open", times: 100 })
  )

const pause = (breaker: CircuitBreaker.CircuitBreaker): number => {
  const state = Effect.runSync(breaker.state)
  return state._tag === "Open" ? (state.until - state.since) / 1e6 + 1 : assert.fail(state._tag)
}

/** Half-open lasts until the trials have decided. */
const endless = Arbitraries.breakerConfig(Arbitraries.anyJitter).map((config) =>
  new CircuitBreakerConfig({ ...config, maxWaitDurationInHalfOpenState: Duration.infinity })
)

describe("the breaker among many fibers", () => {
  property(
    "4",
    "admits no more trials than permitted, at once and in all of one half-open generation",
    record({
      seed: Arbitraries.seed,
      config: endless,
      crowds: array(
        record({
          size: integer({ min: 1, max: 5 }),
          end: constantFrom("ok", "down", "gives up"),
          which: nat(8)
        }),
        { minLength: 2, maxLength: 6, size: "max" }
      )
    }),
    ({ config, crowds, seed }) => {
      const world = World.make(seed)
      const { breaker } = Workload.observed(world, "trials", config)
      const permitted = config.permittedNumberOfCallsInHalfOpenState
      world.run(breakDown(breaker))
      world.advance(pause(breaker))

      const trials: Array<
        { readonly gate: Deferred.Deferred<void>; readonly running: World.Running<void, unknown> }
      > = []
      let used = 0
      for (const { end, size, which } of crowds) {
        for (let caller = 0; caller < size; caller++) {
          const gate = Deferred.unsafeMake<void>(FiberId.none)
          const trial = Effect.suspend(() => {
            used++
            trials.push({ gate, running })
            return Deferred.await(gate)
          })
          const running: World.Running<void, unknown> = world.fork(Effect.zipRight(
            Effect.yieldNow(),
            breaker.protect(trial)
          ))
        }
        world.settle()
        assert.isAtMost(trials.length, permitted)
        assert.isAtMost(used, permitted)
        const [trial] = trials.splice(which % Math.max(1, trials.length), 1)
        if (trial === undefined) continue
        if (end === "gives up") {
          trial.running.interrupt()
          used--
        } else {
          world.run(
            end === "ok" ? Deferred.succeed(trial.gate, undefined) : Deferred.die(trial.gate, "a bug")
          )
        }
        world.settle()
        if (Effect.runSync(breaker.state)._tag !== "HalfOpen") break
      }
      world.close()
    }
  )

  property(
    "8",
    "notices nothing of a wall clock that jumps by an hour, back and forth",
    record({ workload: Workload.mixed, every: integer({ min: 1, max: 100 }) }),
    ({ every, workload }) => {
      const jumps = (millis: number) => [0, 3_600_000, -3_600_000][Math.floor(millis / every) % 3] ?? 0
      const still = Workload.perform(workload)
      const shaken = Workload.perform(workload, "provider", World.make(workload.seed, jumps))
      assert.deepStrictEqual(shaken.events, still.events)
      assert.deepStrictEqual(shaken.calls, still.calls)
      still.world.close()
      shaken.world.close()
    }
  )

  property(
    "9",
    "get every permit back from calls that are interrupted or die, and every half-open state ends",
    Workload.mixed,
    Workload.witness(({ breaker, calls, events, world }) => {
      const { maxHalfOpenNanos } = breaker.rules
      world.advance(5000)
      const state = Effect.runSync(breaker.state)
      if (state._tag === "HalfOpen") assert.deepStrictEqual(state.inFlight, [])
      assert.isTrue(calls.every(({ endedAt }) => endedAt < Infinity))
      for (const [index, event] of events.entries()) {
        if (event._tag !== "TrialAdmitted") continue
        const left = events.slice(index).find(({ _tag }) => _tag === "StateTransition" || _tag === "Reset")
        if (left === undefined) assert.strictEqual(maxHalfOpenNanos, Infinity)
        else assert.isAtMost(left.at - event.at, maxHalfOpenNanos)
      }
    })
  )

  property(
    "13",
    "tell events in one order, without a gap, that say all about the state, also as JSON",
    Workload.mixed,
    Workload.witness(({ breaker, events, state }) => {
      assert.deepStrictEqual(events.map(({ sequence }) => sequence), events.map((_, index) => index + 1))
      assert.isTrue(events.every(({ at }, index) => at >= (events[index - 1]?.at ?? 0)))
      const json = JSON.stringify(Schema.encodeSync(Schema.Array(CircuitBreakerEvent))(events))
      const read = Schema.decodeSync(Schema.parseJson(Schema.Array(CircuitBreakerEvent)))(json)
      assert.deepStrictEqual(rebuild(breaker.rules, State.initial(breaker.rules), read), state)
    })
  )

  let worlds = 0
  property("14", "count in the metrics what the events tell", Workload.mixed, (workload) => {
    const name = `metrics-${worlds++}`
    const { answers, calls, events, state, world } = Workload.perform(workload, name)
    const named = <Type, In, Out>(metric: Metric.Metric<Type, In, Out>) => Metric.tagged(metric, "name", name)
    const value = <Type, In, Out>(metric: Metric.Metric<Type, In, Out>) =>
      Effect.runSync(Metric.value(metric))
    const told = (tag: CircuitBreakerEvent["_tag"]) => events.filter(({ _tag }) => _tag === tag).length
    const outcome = (label: string) => value(Metric.tagged(named(Metrics.calls), "outcome", label)).count

    assert.deepStrictEqual(
      ["success", "slow", "failure", "ignored"].map(outcome),
      [told("CallSucceeded"), told("CallSlow"), told("CallFailed"), told("CallIgnored")]
    )
    assert.strictEqual(value(named(Metrics.notPermitted)).count, told("CallNotPermitted"))
    const ended = told("CallSucceeded") + told("CallSlow") + told("CallFailed") + told("CallIgnored")
    assert.isAtLeast(ended, calls.length)
    assert.isAtMost(answers.length, ended + told("CallNotPermitted"))

    let openSince = 0
    let open = 0
    for (const event of events) {
      if (event._tag !== "StateTransition") continue
      if (event.from === "Open") open += event.at - openSince
      if (event.to === "Open") openSince = event.at
      const moves = events.filter((other) =>
        other._tag === "StateTransition" && other.from === event.from && other.to === event.to
      )
      const counter = Metric.tagged(
        Metric.tagged(named(Metrics.transitions), "from", event.from),
        "to",
        event.to
      )
      assert.strictEqual(value(counter).count, moves.length)
    }
    assert.approximately(value(named(Metrics.openSeconds)).count, open / 1e9, 1e-9)
    for (const label of StateName.literals) {
      const gauge = Metric.tagged(named(Metrics.state), "state", label)
      assert.strictEqual(value(gauge).value, Number(label === state._tag))
    }
    world.close()
  })

  property(
    "15",
    "refuse at once, without a call to the provider and without a stack trace",
    record({
      seed: Arbitraries.seed,
      config: Arbitraries.breakerConfig(Arbitraries.anyJitter),
      forced: boolean()
    }),
    ({ config, forced, seed }) => {
      const world = World.make(seed)
      const { breaker } = Workload.observed(world, "refusal", config)
      world.run(forced ? breaker.force("ForcedOpen") : breakDown(breaker))
      let provider = 0
      const call = breaker.protect(Effect.sync(() => provider++))
      const before = world.nowMillis()
      // A synchronous run dies on anything that would wait.
      const exit = Effect.runSyncExit(call)
      assert(Exit.isFailure(exit))
      const refusal = Option.getOrThrow(Cause.failureOption(exit.cause))
      assert.instanceOf(refusal, CallNotPermitted)
      assert.strictEqual(refusal.state, forced ? "ForcedOpen" : "Open")
      assert.isAbove(Duration.toMillis(refusal.retryAfter), 0)
      assert.notInclude(refusal.stack ?? "", "    at ")
      assert.strictEqual(provider, 0)
      assert.deepStrictEqual(Effect.runSyncExit(breaker.permitted), exit)
      assert.strictEqual(world.nowMillis(), before)
      world.close()
    }
  )

  property(
    "6b",
    "shows ratios of zero once the window has passed, though nobody called",
    record({ seed: Arbitraries.seed, failures: integer({ min: 1, max: 19 }) }),
    ({ failures, seed }) => {
      const name = `idle-${seed}`
      const world = World.make(seed)
      const { breaker } = Workload.observed(world, name, new CircuitBreakerConfig({}))
      const ratio = () =>
        Effect.runSync(Metric.value(Metric.tagged(Metrics.failureRatio, "name", name))).value
      world.run(Effect.replicateEffect(Effect.exit(breaker.protect(down)), failures))
      assert.strictEqual(ratio(), 1)
      world.advance(10_000)
      assert.strictEqual(ratio(), 0)
      assert.deepStrictEqual(Effect.runSync(breaker.counts), { calls: 0, failures: 0, slow: 0 })
      assert.strictEqual(world.timers(), 0)
      world.close()
    }
  )
})
