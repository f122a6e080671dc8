/**
 * Every rule of the breaker, pure: what a call, its end, the passing of time or an operator leads to. No Effect, no
 * clock; `now` is in nanoseconds since the breaker was made.
 */
import * as CallCounts from "./CallCounts.ts"
import type { CircuitBreakerEvent, StateName, TransitionReason } from "./CircuitBreakerEvent.ts"
import { evolve } from "./CircuitBreakerEvolve.ts"
import { type CircuitBreakerRules, openWaitNanos } from "./CircuitBreakerRules.ts"
import * as State from "./CircuitBreakerState.ts"
import type { Outcome } from "./Outcome.ts"

export interface Step {
  readonly state: State.CircuitBreakerState
  readonly events: ReadonlyArray<CircuitBreakerEvent>
}

/** Leave to make one call; its result counts only while the breaker is in the same generation. */
export interface Permit {
  readonly generation: number
  readonly startedAt: number
}

/** `duration` leaves out the time that the call waited for a place. */
export interface CallEnd {
  readonly permit: Permit
  readonly outcome: Outcome
  readonly duration: number
}

export interface Admission extends Step {
  readonly permit: Permit | undefined
  readonly retryAfterNanos: number
}

export type ForcedState = "ForcedOpen" | "Disabled" | "MetricsOnly"

/** An event's place. */
const next = (rules: CircuitBreakerRules, { state }: Step, now: number) => ({
  name: rules.name,
  sequence: state.sequence + 1,
  at: now
})

const emit = (rules: CircuitBreakerRules, { events, state }: Step, event: CircuitBreakerEvent): Step => ({
  state: evolve(rules, state, event),
  events: events.length === 0 ? [event] : [...events, event]
})

const ratesOf = (counts: CallCounts.CallCounts) => ({
  failureRate: CallCounts.failureRate(counts),
  slowRate: CallCounts.slowRate(counts),
  calls: counts.calls
})

const transition = (
  rules: CircuitBreakerRules,
  step: Step,
  now: number,
  to: StateName,
  reason: TransitionReason,
  counts: CallCounts.CallCounts
): Step => {
  const { _tag: from, openings, generation } = step.state
  return emit(rules, step, {
    ...next(rules, step, now),
    _tag: "StateTransition",
    from,
    to,
    reason,
    generation: generation + 1,
    until: to === "Open" ? now + openWaitNanos(rules, openings, generation) : null,
    ...ratesOf(counts)
  })
}

const judge = (rules: CircuitBreakerRules, step: Step, now: number, counts: CallCounts.CallCounts): Step => {
  if (counts.calls === 0) return transition(rules, step, now, "Open", "trials-undecided", counts)
  const exceeded = State.exceededRate(rules, counts, 1)
  return exceeded === undefined
    ? transition(rules, step, now, "Closed", "trials-passed", counts)
    : transition(rules, step, now, "Open", exceeded, counts)
}

/** A trial that is still under way after the slow threshold is slow already, whatever it will answer. */
const withOverdue = (rules: CircuitBreakerRules, state: State.HalfOpen, now: number): CallCounts.CallCounts =>
  state.inFlight
    .filter((startedAt) => now - startedAt > rules.slowNanos)
    .reduce((counts) => CallCounts.add(counts, false, true), state.results)

const elapse = (
  rules: CircuitBreakerRules,
  state: State.CircuitBreakerState,
  now: number,
  asked: boolean
): Step => {
  const step: Step = { state, events: [] }
  if (state._tag === "Open" && now >= state.until && (asked || rules.automaticTransition)) {
    return transition(rules, step, now, "HalfOpen", "wait-elapsed", CallCounts.none)
  }
  if (
    state._tag === "HalfOpen" && state.firstTrialAt !== null &&
    now - state.firstTrialAt >= rules.maxHalfOpenNanos
  ) {
    return judge(rules, step, now, withOverdue(rules, state, now))
  }
  return step
}

/** The passing of time. */
export const tick = (rules: CircuitBreakerRules, state: State.CircuitBreakerState, now: number): Step =>
  elapse(rules, state, now, false)

/** A half-open breaker decides soon, a forced one when a person says so: both ask to come back after a usual wait. */
const retryAfter = (rules: CircuitBreakerRules, state: State.CircuitBreakerState, now: number): number =>
  state._tag === "Open" ? state.until - now : rules.waitNanos

const refuse = (rules: CircuitBreakerRules, step: Step, now: number): Admission => {
  const retryAfterNanos = retryAfter(rules, step.state, now)
  const refused = emit(rules, step, {
    ...next(rules, step, now),
    _tag: "CallNotPermitted",
    state: step.state._tag,
    retryAfter: retryAfterNanos
  })
  return { ...refused, permit: undefined, retryAfterNanos }
}

/** A call asks for leave. */
export const acquire = (
  rules: CircuitBreakerRules,
  before: State.CircuitBreakerState,
  now: number
): Admission => {
  const step = elapse(rules, before, now, true)
  const { state } = step
  const permit = { generation: state.generation, startedAt: now }
  switch (state._tag) {
    case "Closed":
    case "Disabled":
    case "MetricsOnly":
      return { state, events: step.events, permit, retryAfterNanos: 0 }
    case "HalfOpen":
      return state.inFlight.length + state.results.calls < rules.trials
        ? {
          ...emit(rules, step, {
            ...next(rules, step, now),
            _tag: "TrialAdmitted",
            generation: state.generation
          }),
          permit,
          retryAfterNanos: 0
        }
        : refuse(rules, step, now)
    case "Open":
    case "ForcedOpen":
      return refuse(rules, step, now)
  }
}

/** A call asks whether it would get leave, and takes none: where it would, nothing changes. */
export const preview = (
  rules: CircuitBreakerRules,
  state: State.CircuitBreakerState,
  now: number
): Admission => {
  const admission = acquire(rules, state, now)
  return admission.permit === undefined ? admission : { ...admission, state, events: [] }
}

const callEvent = (
  { name, slowNanos }: CircuitBreakerRules,
  { state }: Step,
  { duration, outcome, permit: { generation, startedAt } }: CallEnd,
  at: number
): State.CallEvent => {
  const slow = duration > slowNanos
  const sequence = state.sequence + 1
  switch (outcome) {
    case "success":
      return {
        _tag: slow ? "CallSlow" : "CallSucceeded",
        name,
        sequence,
        at,
        generation,
        startedAt,
        duration
      }
    case "failure":
      return { _tag: "CallFailed", name, sequence, at, generation, startedAt, duration, slow }
    case "ignore":
      return { _tag: "CallIgnored", name, sequence, at, generation, startedAt, duration }
  }
}

/** A call that was admitted has ended. */
export const complete = (
  rules: CircuitBreakerRules,
  before: State.CircuitBreakerState,
  end: CallEnd,
  now: number
): Step => {
  const elapsed = elapse(rules, before, now, false)
  const step = emit(rules, elapsed, callEvent(rules, elapsed, end, now))
  const { state } = step
  if (end.outcome === "ignore" || end.permit.generation !== state.generation) return step
  if (state._tag === "HalfOpen") {
    return state.results.calls >= rules.trials ? judge(rules, step, now, state.results) : step
  }
  if (state._tag !== "Closed" && (state._tag !== "MetricsOnly" || state.exceeded)) return step
  const counts = State.countsAt(rules, state, now)
  const exceeded = State.exceededRate(rules, counts, rules.minimumCalls)
  if (exceeded === undefined) return step
  const told = emit(rules, step, { ...next(rules, step, now), _tag: "RateExceeded", ...ratesOf(counts) })
  return state._tag === "Closed" ? transition(rules, told, now, "Open", exceeded, counts) : told
}

/** An operator takes over; nothing but `force` and `reset` leaves a forced state. */
export const force = (
  rules: CircuitBreakerRules,
  state: State.CircuitBreakerState,
  to: ForcedState,
  now: number
): Step =>
  state._tag === to
    ? { state, events: [] }
    : transition(rules, { state, events: [] }, now, to, "forced", State.countsAt(rules, state, now))

/** Closed again, with nothing remembered. */
export const reset = (rules: CircuitBreakerRules, state: State.CircuitBreakerState, now: number): Step => {
  const step: Step = { state, events: [] }
  const closed = state._tag === "Closed"
    ? step
    : transition(rules, step, now, "Closed", "reset", State.countsAt(rules, state, now))
  return emit(rules, closed, {
    ...next(rules, closed, now),
    _tag: "Reset",
    generation: closed.state.generation + 1
  })
}
