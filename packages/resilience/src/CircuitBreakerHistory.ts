/** The newest transitions of a breaker with the time of day, for people who ask why it does not let them through. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as CallCounts from "./CallCounts.ts"
import type { CircuitBreaker } from "./CircuitBreaker.ts"
import { StateName, TransitionReason } from "./CircuitBreakerEvent.ts"

const rates = { calls: Schema.Number, failureRate: Schema.Number, slowRate: Schema.Number }

/** `at` is in epoch milliseconds; the rates are those that led to it. */
export const Transition = Schema.Struct({
  at: Schema.Number,
  from: StateName,
  to: StateName,
  reason: TransitionReason,
  ...rates
})
export type Transition = typeof Transition.Type

/** `since` is in epoch milliseconds, `reason` null before the first transition, the oldest of `transitions` first. */
export const BreakerStatus = Schema.Struct({
  name: Schema.String,
  state: StateName,
  reason: Schema.NullOr(TransitionReason),
  since: Schema.Number,
  ...rates,
  transitions: Schema.Array(Transition)
}).annotations({ identifier: "BreakerStatus" })
export type BreakerStatus = typeof BreakerStatus.Type

export interface CircuitBreakerHistory {
  readonly status: Effect.Effect<BreakerStatus>
}

const kept = 64

/** Follows the breaker for as long as the scope is open. */
export const make = (breaker: CircuitBreaker): Effect.Effect<CircuitBreakerHistory, never, Scope.Scope> =>
  Effect.gen(function*() {
    const madeAt = yield* Clock.currentTimeMillis
    let transitions: ReadonlyArray<Transition> = []
    yield* Effect.forkScoped(Stream.runForEach(breaker.events, (event) =>
      event._tag === "StateTransition"
        ? Effect.map(Clock.currentTimeMillis, (at) => {
          const { calls, failureRate, from, reason, slowRate, to } = event
          transitions = [
            ...transitions.slice(1 - kept),
            { at, from, to, reason, calls, failureRate, slowRate }
          ]
        })
        : Effect.void))

    const status = Effect.map(
      Effect.all({ state: breaker.state, counts: breaker.counts }),
      ({ counts, state }): BreakerStatus => {
        const last = transitions.at(-1)
        return {
          name: breaker.name,
          state: state._tag,
          reason: last?.reason ?? null,
          since: last?.at ?? madeAt,
          calls: counts.calls,
          failureRate: CallCounts.failureRate(counts),
          slowRate: CallCounts.slowRate(counts),
          transitions
        }
      }
    )
    return { status }
  })
