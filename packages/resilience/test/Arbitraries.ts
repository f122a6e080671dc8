import { CircuitBreakerConfig } from "@saucier/resilience/CircuitBreakerConfig"
import * as Duration from "effect/Duration"
import * as FastCheck from "effect/FastCheck"

const { boolean, constant, constantFrom, integer, oneof, record } = FastCheck

/** Lengths that scripts and settings share: what happens exactly on a boundary is where breakers differ. */
export const lengths = constantFrom(20, 50, 100, 200)

const within = (min: number, max: number) => integer({ min, max }).map((value) => Duration.millis(value))
const millis = (min: number, max: number) =>
  oneof(lengths.map((value) => Duration.millis(value)), within(min, max))

/** Small numbers, so that short scripts reach every state. Rates are quarters: their comparison is exact in any order. */
export const breakerConfig = (jitter: FastCheck.Arbitrary<number>) =>
  record({
    window: oneof(
      integer({ min: 4, max: 12 }).map((size) => ({ type: "count" as const, size })),
      record({
        type: constant("time" as const),
        size: constantFrom(200, 400, 1200).map((value) => Duration.millis(value)),
        buckets: constantFrom(1, 2, 4)
      })
    ),
    minimumNumberOfCalls: integer({ min: 1, max: 4 }),
    failureRateThreshold: constantFrom(0.25, 0.5, 0.75, 1),
    slowCallDurationThreshold: millis(20, 120),
    slowCallRateThreshold: constantFrom(0.25, 0.5, 1),
    waitDurationInOpenState: millis(20, 300),
    openBackoff: record({
      factor: constantFrom(1, 1.5, 2),
      max: within(300, 1000),
      jitter
    }),
    permittedNumberOfCallsInHalfOpenState: integer({ min: 1, max: 4 }),
    maxWaitDurationInHalfOpenState: oneof(millis(50, 600), constant(Duration.infinity)),
    automaticTransition: boolean()
  }).map((settings) => new CircuitBreakerConfig(settings))

export const anyJitter = constantFrom(0, 0.1, 0.5)

export const seed = FastCheck.integer({ min: 0, max: 2 ** 31 - 1 })
