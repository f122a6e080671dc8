/** Folds events into state: the only way the state of a breaker changes. */
import * as CallCounts from "./CallCounts.ts"
import * as CallWindow from "./CallWindow.ts"
import type { CircuitBreakerEvent, StateName } from "./CircuitBreakerEvent.ts"
import type { CircuitBreakerRules } from "./CircuitBreakerRules.ts"
import * as State from "./CircuitBreakerState.ts"

const enter = (
  rules: CircuitBreakerRules,
  to: StateName,
  until: number | null,
  common: Pick<State.CircuitBreakerState, "sequence" | "generation" | "openings" | "since">
): State.CircuitBreakerState => {
  switch (to) {
    case "Open":
      return { ...common, _tag: "Open", openings: common.openings + 1, until: until ?? common.since }
    case "HalfOpen":
      return { ...common, _tag: "HalfOpen", inFlight: [], results: CallCounts.none, firstTrialAt: null }
    case "Closed":
      return { ...common, _tag: "Closed", openings: 0, window: CallWindow.empty(rules.window) }
    case "MetricsOnly":
      return {
        ...common,
        _tag: "MetricsOnly",
        openings: 0,
        window: CallWindow.empty(rules.window),
        exceeded: false
      }
    case "ForcedOpen":
    case "Disabled":
      return { ...common, _tag: to, openings: 0 }
  }
}

const withoutOne = (inFlight: ReadonlyArray<number>, startedAt: number): ReadonlyArray<number> => {
  const index = inFlight.indexOf(startedAt)
  return index === -1 ? inFlight : inFlight.toSpliced(index, 1)
}

const settleCall = (
  rules: CircuitBreakerRules,
  state: State.CircuitBreakerState,
  event: State.CallEvent
): State.CircuitBreakerState => {
  const { sequence } = event
  if (event.generation !== state.generation) return { ...state, sequence }
  const failed = event._tag === "CallFailed"
  const slow = event._tag === "CallSlow" || (event._tag === "CallFailed" && event.slow)
  const counts = event._tag !== "CallIgnored"
  switch (state._tag) {
    case "Closed":
      return counts
        ? {
          ...state,
          sequence,
          window: CallWindow.push(rules.window, state.window, { failed, slow, at: event.at })
        }
        : { ...state, sequence }
    case "MetricsOnly": {
      if (!counts) return { ...state, sequence }
      const window = CallWindow.push(rules.window, state.window, { failed, slow, at: event.at })
      const held = CallWindow.countsAt(rules.window, window, event.at)
      const exceeded = state.exceeded && State.exceededRate(rules, held, rules.minimumCalls) !== undefined
      return { ...state, sequence, window, exceeded }
    }
    case "HalfOpen":
      return {
        ...state,
        sequence,
        inFlight: withoutOne(state.inFlight, event.startedAt),
        results: counts ? CallCounts.add(state.results, failed, slow) : state.results
      }
    case "Open":
    case "ForcedOpen":
    case "Disabled":
      return { ...state, sequence }
  }
}

export const evolve = (
  rules: CircuitBreakerRules,
  state: State.CircuitBreakerState,
  event: CircuitBreakerEvent
): State.CircuitBreakerState => {
  switch (event._tag) {
    case "StateTransition":
      return enter(rules, event.to, event.until, {
        sequence: event.sequence,
        generation: event.generation,
        openings: state.openings,
        since: event.at
      })
    case "Reset":
      return {
        ...State.initial(rules),
        sequence: event.sequence,
        generation: event.generation,
        since: event.at
      }
    case "TrialAdmitted":
      return state._tag === "HalfOpen"
        ? {
          ...state,
          sequence: event.sequence,
          inFlight: [...state.inFlight, event.at],
          firstTrialAt: state.firstTrialAt ?? event.at
        }
        : { ...state, sequence: event.sequence }
    case "RateExceeded":
      return state._tag === "MetricsOnly"
        ? { ...state, sequence: event.sequence, exceeded: true }
        : { ...state, sequence: event.sequence }
    case "CallNotPermitted":
      return { ...state, sequence: event.sequence }
    case "CallSucceeded":
    case "CallSlow":
    case "CallFailed":
    case "CallIgnored":
      return settleCall(rules, state, event)
  }
}

/** The state after `events`, which must follow on `state`. */
export const rebuild = (
  rules: CircuitBreakerRules,
  state: State.CircuitBreakerState,
  events: Iterable<CircuitBreakerEvent>
): State.CircuitBreakerState => {
  let current = state
  for (const event of events) current = evolve(rules, current, event)
  return current
}
