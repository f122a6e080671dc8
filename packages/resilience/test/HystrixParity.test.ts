import { assert, describe, it } from "@effect/vitest"
import { CircuitBreakerConfig } from "@saucier/resilience/CircuitBreakerConfig"
import * as Step from "@saucier/resilience/CircuitBreakerStep"
import { presets } from "@saucier/resilience/Presets"
import * as Duration from "effect/Duration"
import * as FastCheck from "effect/FastCheck"
import { Hystrix } from "./Hystrix.ts"
import { Machine } from "./Machine.ts"
import { property } from "./Property.ts"

const { array, constantFrom, integer, record } = FastCheck

/** `s` success, `f` failure, `t` timeout, `?` a trial that stays under way, a number waits that many ms; then what is allowed. */
interface Vector {
  readonly title: string
  readonly settings?: Partial<CircuitBreakerConfig>
  readonly steps: ReadonlyArray<"s" | "f" | "t" | "?" | number | "allowed" | "refused">
}

const times = <A>(count: number, value: A): ReadonlyArray<A> => Array.from({ length: count }, () => value)

const fixedWait = (millis: number): Partial<CircuitBreakerConfig> => ({
  waitDurationInOpenState: Duration.millis(millis),
  openBackoff: { factor: 1, max: Duration.millis(millis), jitter: 0 }
})

/** The settings of HystrixCommandPropertiesTest. Its one snapshot comes after all calls, hence their number as volume. */
const unitTest = (calls: number, sleep = 5000): Partial<CircuitBreakerConfig> => ({
  window: { type: "time", size: Duration.seconds(5), buckets: 5 },
  failureRateThreshold: 0.4,
  minimumNumberOfCalls: calls,
  ...fixedWait(sleep)
})

/** HystrixCircuitBreakerTest of Hystrix 1.5, then vectors for its defaults. */
const vectors: ReadonlyArray<Vector> = [
  {
    title: "testTripCircuit",
    settings: unitTest(8),
    steps: ["s", "s", "s", "s", "allowed", "f", "f", "f", "f", "refused"]
  },
  {
    title: "testTripCircuitOnFailuresAboveThreshold",
    settings: unitTest(8),
    steps: ["s", "s", "f", "s", "f", "s", "f", "f", "refused"]
  },
  {
    title: "testCircuitDoesNotTripOnFailuresBelowThreshold",
    settings: unitTest(8),
    steps: ["s", "s", "f", "s", "s", "f", "s", "f", "allowed"]
  },
  { title: "testTripCircuitOnTimeouts", settings: unitTest(4), steps: ["t", "t", "t", "t", "refused"] },
  {
    title: "testTripCircuitOnTimeoutsAboveThreshold",
    settings: unitTest(9),
    steps: ["s", "s", "t", "s", "t", "t", "s", "t", "t", "refused"]
  },
  {
    title: "testSingleTestOnOpenCircuitAfterTimeWindow",
    settings: unitTest(4, 200),
    steps: ["f", "f", "f", "f", "refused", 250, "?", "refused"]
  },
  {
    title: "testCircuitClosedAfterSuccess",
    settings: unitTest(4, 100),
    steps: ["f", "f", "f", "t", "refused", 150, "s", "allowed", "s", "allowed", "s", "allowed"]
  },
  {
    title: "testMultipleTimeWindowRetriesBeforeClosingCircuit",
    settings: unitTest(4, 200),
    steps: ["f", "f", "f", "t", "refused", 250, "f", "refused", 250, "f", "refused", 250, "s", "allowed"]
  },
  { title: "testLowVolumeDoesNotTripCircuit", settings: unitTest(5), steps: ["f", "f", "f", "f", "allowed"] },
  { title: "19 failures are too few", steps: [...times(19, "f" as const), "allowed"] },
  { title: "20 failures open", steps: [...times(20, "f" as const), "refused"] },
  { title: "half of 20 open", steps: [...times(10, "s" as const), ...times(10, "f" as const), "refused"] },
  { title: "9 of 20 do not", steps: [...times(11, "s" as const), ...times(9, "f" as const), "allowed"] },
  {
    title: "failures of eleven seconds ago are forgotten",
    steps: [...times(19, "f" as const), 11_000, "f", "allowed"]
  },
  {
    title: "five seconds are waited, not 4.9",
    steps: [...times(20, "f" as const), 4900, "refused", 101, "allowed"]
  },
  {
    title: "success clears the failures",
    steps: [...times(20, "f" as const), 5001, "s", ...times(19, "f" as const), "allowed"]
  },
  {
    title: "a failed trial waits as long again, not longer",
    steps: [...times(20, "f" as const), 5001, "f", 4999, "refused", 2, "allowed"]
  }
]

const machineOf = (settings: Partial<CircuitBreakerConfig> = {}) =>
  new Machine(new CircuitBreakerConfig({ ...presets.hystrixSeed.breaker, ...settings }))

const allowed = ({ nanos, rules, state }: Machine) => Step.acquire(rules, state, nanos).permit !== undefined

describe("the hystrix presets", () => {
  it("keep the defaults of Hystrix, and the seed's timeout", () => {
    assert.strictEqual(Duration.toMillis(presets.hystrix.attemptTimeout), 1000)
    assert.strictEqual(Duration.toMillis(presets.hystrixSeed.attemptTimeout), 680)
    assert.strictEqual(presets.hystrixSeed.breaker.permittedNumberOfCallsInHalfOpenState, 1)
    assert.strictEqual(presets.hystrixSeed.retry.maxAttempts, 1)
  })

  for (const vector of vectors) {
    it(`answer as Hystrix does: ${vector.title}`, () => {
      const machine = machineOf(vector.settings)
      for (const step of vector.steps) {
        if (typeof step === "number") machine.advance(step)
        else if (step === "?") assert.isDefined(machine.acquire())
        else if (step === "s") assert.isTrue(machine.call("success"))
        else if (step === "f" || step === "t") assert.isTrue(machine.call("failure"))
        else assert.strictEqual(allowed(machine), step === "allowed")
      }
    })
  }

  property(
    "17",
    "answer as Hystrix does, whatever happens",
    record({
      volume: integer({ min: 1, max: 6 }),
      sleep: integer({ min: 50, max: 600 }),
      steps: array(
        record({ after: constantFrom(0, 0, 3, 40, 333, 2000, 12_000), failed: FastCheck.boolean() }),
        { minLength: 5, maxLength: 80, size: "max" }
      )
    }),
    ({ sleep, steps, volume }) => {
      const machine = machineOf({ minimumNumberOfCalls: volume, ...fixedWait(sleep) })
      const hystrix = new Hystrix({
        requestVolumeThreshold: volume,
        errorThresholdPercentage: 50,
        sleepWindow: sleep,
        rollingWindow: 10_000,
        buckets: 10
      })
      for (const { after, failed } of steps) {
        // Hystrix waits until the sleep window is exceeded, this breaker until it is over: one instant apart.
        const exactly = machine.state._tag === "Open" && (machine.now + after) * 1e6 === machine.state.until
        machine.advance(exactly ? after + 1 : after)
        const admitted = hystrix.attemptExecution(machine.now)
        assert.strictEqual(machine.call(failed ? "failure" : "success"), admitted)
        if (admitted && failed) hystrix.markNonSuccess(machine.now)
        if (admitted && !failed) hystrix.markSuccess(machine.now)
      }
    }
  )
})
