/** All policies around the calls to one provider, in the one order that makes sense: see the README. */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { type AttemptTimeout, attemptTimeout } from "./AttemptTimeout.ts"
import * as Bulkhead from "./Bulkhead.ts"
import type { BulkheadFull } from "./BulkheadFull.ts"
import type { CallNotPermitted } from "./CallNotPermitted.ts"
import * as CircuitBreaker from "./CircuitBreaker.ts"
import * as Deadline from "./Deadline.ts"
import type { DeadlineExceeded } from "./DeadlineExceeded.ts"
import type { Classify } from "./Outcome.ts"
import { presets } from "./Presets.ts"
import type { ResilienceConfig } from "./ResilienceConfig.ts"
import * as Retry from "./Retry.ts"
import * as RetryBudget from "./RetryBudget.ts"

export type ResilienceError = DeadlineExceeded | CallNotPermitted | BulkheadFull | AttemptTimeout

export interface Resilience {
  readonly breaker: CircuitBreaker.CircuitBreaker
  readonly bulkhead: Bulkhead.Bulkhead
  readonly budget: RetryBudget.RetryBudget
  readonly protect: <A, E, R>(call: Effect.Effect<A, E, R>) => Effect.Effect<A, E | ResilienceError, R>
}

export interface Options {
  readonly name: string
  readonly config?: ResilienceConfig
  readonly classify?: Classify
  /** Which failures may be tried again; by default none. */
  readonly retryable?: (error: unknown) => boolean
}

export const make: (options: Options) => Effect.Effect<Resilience, never, Scope.Scope> = Effect.fnUntraced(
  function*({ classify, config = presets.default, name, retryable = () => false }: Options) {
    const breaker = yield* CircuitBreaker.make({
      name,
      config: config.breaker,
      ...(classify === undefined ? {} : { classify })
    })
    const bulkhead = yield* Bulkhead.make({ name, config: config.bulkhead })
    const budget = yield* RetryBudget.make({ name, config: config.budget })
    const retry = Retry.make({ budget, config: config.retry, retryable })
    const timed = attemptTimeout(config.attemptTimeout)

    const resilience: Resilience = {
      breaker,
      bulkhead,
      budget,
      protect: (call) =>
        breaker.protectWith((measure) => bulkhead.protect(measure(timed(call)))).pipe(
          retry.protect,
          Deadline.within(config.deadline)
        )
    }
    return resilience
  }
)
