/**
 * What a breaker tells, in one total order per breaker: `sequence` grows by one, so a gap shows a loss, and folding
 * the events from the first gives the state (`CircuitBreakerState.evolve`).
 *
 * Times are nanoseconds since the breaker was made, on the monotonic clock. `generation` of a call is the one that it
 * was admitted in; results of an older generation than the state's do not count.
 */
import * as Schema from "effect/Schema"

export const StateName = Schema.Literal("Closed", "Open", "HalfOpen", "ForcedOpen", "Disabled", "MetricsOnly")
export type StateName = typeof StateName.Type

export const TransitionReason = Schema.Literal(
  "failure-rate",
  "slow-rate",
  "wait-elapsed",
  "trials-passed",
  "trials-undecided",
  "forced",
  "reset"
)
export type TransitionReason = typeof TransitionReason.Type

const rates = { failureRate: Schema.Number, slowRate: Schema.Number, calls: Schema.Number }
const call = { generation: Schema.Number, startedAt: Schema.Number, duration: Schema.Number }

/** `until`: when an Open state may be left, otherwise null. */
export const StateTransition = Schema.TaggedStruct("StateTransition", {
  from: StateName,
  to: StateName,
  reason: TransitionReason,
  generation: Schema.Number,
  until: Schema.NullOr(Schema.Number),
  ...rates
})
export const TrialAdmitted = Schema.TaggedStruct("TrialAdmitted", { generation: Schema.Number })
export const CallSucceeded = Schema.TaggedStruct("CallSucceeded", call)
/** Succeeded, and took longer than the slow threshold. */
export const CallSlow = Schema.TaggedStruct("CallSlow", call)
export const CallFailed = Schema.TaggedStruct("CallFailed", { ...call, slow: Schema.Boolean })
/** Interrupted, or never started, or said to be no evidence: the permit came back. */
export const CallIgnored = Schema.TaggedStruct("CallIgnored", call)
export const CallNotPermitted = Schema.TaggedStruct("CallNotPermitted", {
  state: StateName,
  retryAfter: Schema.Number
})
export const RateExceeded = Schema.TaggedStruct("RateExceeded", rates)
export const Reset = Schema.TaggedStruct("Reset", { generation: Schema.Number })

const facts = [
  StateTransition,
  TrialAdmitted,
  CallSucceeded,
  CallSlow,
  CallFailed,
  CallIgnored,
  CallNotPermitted,
  RateExceeded,
  Reset
] as const

export const CircuitBreakerEvent = Schema.extend(
  Schema.Struct({ name: Schema.String, sequence: Schema.Number, at: Schema.Number }),
  Schema.Union(...facts)
)
export type CircuitBreakerEvent = typeof CircuitBreakerEvent.Type
