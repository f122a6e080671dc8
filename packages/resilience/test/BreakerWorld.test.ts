import { assert, describe } from "@effect/vitest"
import { CallNotPermitted } from "@saucier/resilience/CallNotPermitted"
import * as CircuitBreaker from "@saucier/resilience/CircuitBreaker"
import { CircuitBreakerConfig } from "@saucier/resilience/CircuitBreakerConfig"
import { CircuitBreakerEvent } from "@saucier/resilience/CircuitBreakerEvent"
import { rebuild } from "@saucier/resilience/CircuitBreakerEvolve"
import * as Metrics from "@saucier/resilience/CircuitBreakerMetrics"
import * as State from "@saucier/resilience/CircuitBreakerState"
import * as Cause from "effect/Cause"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FastCheck from "effect/FastCheck"
import * as Metric from "effect/Metric"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Arbitraries from "./Arbitraries.ts"
import { property } from "./Property.ts"
import * as Workload from "./Workload.ts"
import * as World from "./World.ts"

const { array, boolean, constantFrom, integer, record } = FastCheck
const down = Effect.fail(new Workload.ProviderDown())

/** Fails until the breaker is open. */
const breakDown = (breaker: CircuitBreaker.CircuitBreaker) =>
  breaker.protect(down).pipe(
    Effect.exit,
    Effect.zipRight(breaker.state),
    Effect.repeat({ until: ({ _tag }) => _tag === "Open" })
  )

describe("the breaker among many fibers", () => {
  property(
    "4",
    "admits no more trials than permitted, at once and in all of one half-open generation",
    record({
      seed: Arbitraries.seed,
      config: Arbitraries.breakerConfig(Arbitraries.anyJitter),
      callers: array(
        record({
          after: integer({ min: 0, max: 30 }),
          latency: integer({ min: 0, max: 40 }),
          end: constantFrom("ok" as const, "down" as const, "gives up" as const)
        }),
        { minLength: 6, maxLength: 20, size: "max" }
      )
    }),
    ({ callers, config, seed }) => {
      const world = World.make(seed)
      const { breaker, events } = Workload.observed(world, "trials", config)
      world.run(breakDown(breaker))
      const open = Effect.runSync(breaker.state)
      assert(open._tag === "Open")
      world.advance((open.until - open.since) / 1e6 + 1)

      let running = 0
      let atOnce = 0
      let admitted = 0
      let decided = false
      for (const { after, end, latency } of callers) {
        const attempt = Effect.gen(function*() {
          decided ||= events.some(({ _tag }, index) => index > 0 && _tag === "StateTransition" && isDecision(index))
          if (decided) return
          running++
          admitted++
          atOnce = Math.max(atOnce, running)
          yield* Effect.sleep(latency)
          if (end === "down") yield* down
          if (end === "gives up") yield* Effect.interrupt
        }).pipe(Effect.onExit((exit) =>
          Effect.sync(() => {
            running--
            if (Exit.isInterrupted(exit)) admitted--
          })
        ))
        world.fork(Effect.delay(Effect.exit(breaker.protect(attempt)), after))
      }
      const isDecision = (index: number) => {
        const event = events[index]
        return event?._tag === "StateTransition" && event.from === "HalfOpen"
      }
      const permitted = config.permittedNumberOfCallsInHalfOpenState
      for (let millis = 0; millis < 100 && !decided; millis++) {
        assert.isAtMost(admitted, permitted)
        world.advance(1)
      }
      assert.isAtMost(atOnce, permitted)

      const trials = new Map<number, { inFlight: number; used: number }>()
      for (const event of events) {
        if (event._tag === "TrialAdmitted") {
          const trial = trials.get(event.generation) ?? { inFlight: 0, used: 0 }
          trial.inFlight++
          trial.used++
          trials.set(event.generation, trial)
          assert.isAtMost(trial.inFlight, permitted)
          assert.isAtMost(trial.used, permitted)
        } else if ("startedAt" in event) {
          const trial = trials.get(event.generation)
          if (trial === undefined) continue
          trial.inFlight--
          if (event._tag === "CallIgnored") trial.used--
        }
      }
      world.close()
    }
  )
})
