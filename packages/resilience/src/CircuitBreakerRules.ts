import * as Duration from "effect/Duration"
import type { CircuitBreakerConfig } from "./CircuitBreakerConfig.ts"

export type WindowRules =
  | { readonly type: "time"; readonly bucketNanos: number; readonly buckets: number }
  | { readonly type: "count"; readonly size: number }

/**
 * The settings as the pure core reads them: durations in nanoseconds, time counted from the making of the breaker.
 * `salt` makes the jitter: equal salts give equal waits, so a state machine is a function of its inputs.
 */
export interface CircuitBreakerRules {
  readonly name: string
  readonly salt: number
  readonly window: WindowRules
  readonly minimumCalls: number
  readonly failureRate: number
  readonly slowNanos: number
  readonly slowRate: number
  readonly waitNanos: number
  readonly backoffFactor: number
  readonly maxWaitNanos: number
  readonly jitter: number
  readonly trials: number
  readonly maxHalfOpenNanos: number
  readonly automaticTransition: boolean
}

export const toNanos = (duration: Duration.Duration): number => Duration.toMillis(duration) * 1e6

export const make = (name: string, config: CircuitBreakerConfig, salt: number): CircuitBreakerRules => ({
  name,
  salt,
  window: config.window.type === "count" ? config.window : {
    type: "time",
    bucketNanos: toNanos(config.window.size) / config.window.buckets,
    buckets: config.window.buckets
  },
  minimumCalls: config.minimumNumberOfCalls,
  failureRate: config.failureRateThreshold,
  slowNanos: toNanos(config.slowCallDurationThreshold),
  slowRate: config.slowCallRateThreshold,
  waitNanos: toNanos(config.waitDurationInOpenState),
  backoffFactor: config.openBackoff.factor,
  maxWaitNanos: toNanos(config.openBackoff.max),
  jitter: config.openBackoff.jitter,
  trials: config.permittedNumberOfCallsInHalfOpenState,
  maxHalfOpenNanos: toNanos(config.maxWaitDurationInHalfOpenState),
  automaticTransition: config.automaticTransition
})

/** A number in [0, 1) from two integers: the finalizer of MurmurHash3. */
const unitHash = (salt: number, generation: number): number => {
  const a = Math.imul(salt ^ Math.imul(generation + 1, 0x9e3779b1), 0x85ebca6b)
  const b = Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  return ((b ^ (b >>> 16)) >>> 0) / 2 ** 32
}

/**
 * How long to stay open for the nth time in a row, n from 0. The jitter only lengthens, so the wait of the settings is
 * the least one, and nothing exceeds the cap.
 */
export const openWaitNanos = (rules: CircuitBreakerRules, openings: number, generation: number): number =>
  Math.ceil(Math.min(
    rules.maxWaitNanos,
    rules.waitNanos * rules.backoffFactor ** openings * (1 + rules.jitter * unitHash(rules.salt, generation))
  ))
