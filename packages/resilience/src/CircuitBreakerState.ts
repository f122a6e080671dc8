import * as CallCounts from "./CallCounts.ts"
import * as CallWindow from "./CallWindow.ts"
import type { CircuitBreakerEvent } from "./CircuitBreakerEvent.ts"
import type { CircuitBreakerRules } from "./CircuitBreakerRules.ts"

/** `openings`: how often it opened since it was last closed. `since`: when it came into this state. */
interface Common {
  readonly sequence: number
  readonly generation: number
  readonly openings: number
  readonly since: number
}

export interface Closed extends Common {
  readonly _tag: "Closed"
  readonly window: CallWindow.CallWindow
}

export interface Open extends Common {
  readonly _tag: "Open"
  readonly until: number
}

/** `inFlight` holds the start of each trial under way; `firstTrialAt` is null until somebody calls. */
export interface HalfOpen extends Common {
  readonly _tag: "HalfOpen"
  readonly inFlight: ReadonlyArray<number>
  readonly results: CallCounts.CallCounts
  readonly firstTrialAt: number | null
}

export interface ForcedOpen extends Common {
  readonly _tag: "ForcedOpen"
}

export interface Disabled extends Common {
  readonly _tag: "Disabled"
}

export interface MetricsOnly extends Common {
  readonly _tag: "MetricsOnly"
  readonly window: CallWindow.CallWindow
  readonly exceeded: boolean
}

export type CircuitBreakerState = Closed | Open | HalfOpen | ForcedOpen | Disabled | MetricsOnly

export const initial = (rules: CircuitBreakerRules): CircuitBreakerState => ({
  _tag: "Closed",
  sequence: 0,
  generation: 0,
  openings: 0,
  since: 0,
  window: CallWindow.empty(rules.window)
})

/** The calls that the rates are taken from at `now`. */
export const countsAt = (
  rules: CircuitBreakerRules,
  state: CircuitBreakerState,
  now: number
): CallCounts.CallCounts => {
  switch (state._tag) {
    case "Closed":
    case "MetricsOnly":
      return CallWindow.countsAt(rules.window, state.window, now)
    case "HalfOpen":
      return state.results
    case "Open":
    case "ForcedOpen":
    case "Disabled":
      return CallCounts.none
  }
}

/** The rates that are too high once there are enough calls, failures first. */
export const exceededRate = (
  rules: CircuitBreakerRules,
  counts: CallCounts.CallCounts,
  minimumCalls: number
): "failure-rate" | "slow-rate" | undefined => {
  if (counts.calls < minimumCalls) return undefined
  if (CallCounts.failureRate(counts) >= rules.failureRate) return "failure-rate"
  return CallCounts.slowRate(counts) >= rules.slowRate ? "slow-rate" : undefined
}

/** When, from `now` on, time alone changes something that others can see, or null. */
export const dueAt = (rules: CircuitBreakerRules, state: CircuitBreakerState, now: number): number | null => {
  switch (state._tag) {
    case "Open":
      return rules.automaticTransition ? state.until : null
    case "HalfOpen":
      return state.firstTrialAt === null || rules.maxHalfOpenNanos === Infinity
        ? null
        : state.firstTrialAt + rules.maxHalfOpenNanos
    case "Closed":
    case "MetricsOnly":
      return CallWindow.expiresAt(rules.window, state.window, now)
    case "ForcedOpen":
    case "Disabled":
      return null
  }
}

export type CallEvent = Extract<
  CircuitBreakerEvent,
  { readonly _tag: "CallSucceeded" | "CallSlow" | "CallFailed" | "CallIgnored" }
>
