/** Tries again within a budget, with decorrelated jitter, and only while the deadline leaves time for another answer. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Random from "effect/Random"
import * as Deadline from "./Deadline.ts"
import type { RetryBudget } from "./RetryBudget.ts"
import { RetryConfig } from "./RetryConfig.ts"
import { annotateRetry } from "./SpanEvents.ts"

export interface Retry {
  readonly protect: <A, E, R>(call: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}

export interface Options {
  readonly budget: RetryBudget
  readonly config?: RetryConfig
  /** Says that a failure had no effect, or that repeating the call is harmless. */
  readonly retryable: (error: unknown) => boolean
}

/** A rejection or an answer may name the time before which asking again is useless. */
const retryAfterOf = (error: unknown): Duration.Duration =>
  Predicate.hasProperty(error, "retryAfter") && Duration.isDuration(error.retryAfter)
    ? error.retryAfter
    : Duration.zero

const pause = (config: RetryConfig, previous: Duration.Duration) =>
  Effect.map(
    Random.nextRange(Duration.toMillis(config.base), Duration.toMillis(previous) * 3),
    (millis) => Duration.min(config.cap, Duration.millis(Math.round(millis)))
  )

/** An open breaker is worth waiting for only when somebody said how long the whole request may take. */
const hasTimeFor = (error: unknown, delay: Duration.Duration) =>
  Effect.map(
    Deadline.remaining,
    Option.match({
      onNone: () => !Predicate.isTagged(error, "CallNotPermitted"),
      onSome: Duration.greaterThan(delay)
    })
  )

export const make = ({ budget, config = new RetryConfig({}), retryable }: Options): Retry => {
  const attempt = <A, E, R>(
    call: Effect.Effect<A, E, R>,
    attemptsLeft: number,
    previous: Duration.Duration
  ): Effect.Effect<A, E, R> =>
    Effect.catchAll(call, (error) =>
      Effect.gen(function*() {
        if (attemptsLeft === 0 || !retryable(error)) return yield* Effect.fail(error)
        const jittered = yield* pause(config, previous)
        const delay = Duration.max(jittered, retryAfterOf(error))
        if (!(yield* hasTimeFor(error, delay)) || !(yield* budget.withdraw)) return yield* Effect.fail(error)
        yield* annotateRetry(config.maxAttempts - attemptsLeft, delay, error)
        yield* Effect.sleep(delay)
        return yield* attempt(call, attemptsLeft - 1, jittered)
      }))

  return {
    protect: (call) => Effect.zipRight(budget.request, attempt(call, config.maxAttempts - 1, config.base))
  }
}
