/** Counts what the events tell: every figure but the two ratios is a sum over events. */
import * as Metric from "effect/Metric"
import * as MetricBoundaries from "effect/MetricBoundaries"
import * as MetricLabel from "effect/MetricLabel"
import * as CallCounts from "./CallCounts.ts"
import type { CircuitBreakerEvent, StateName } from "./CircuitBreakerEvent.ts"
import type { CircuitBreakerState } from "./CircuitBreakerState.ts"

const seconds = MetricBoundaries.fromIterable([
  0.005,
  0.01,
  0.025,
  0.05,
  0.1,
  0.25,
  0.5,
  0.68,
  1,
  2.5,
  5,
  10
])

export const state = Metric.gauge("circuit_breaker_state", {
  description: "1 for the state it is in, else 0"
})
export const calls = Metric.histogram(
  "circuit_breaker_calls_seconds",
  seconds,
  "Calls that were admitted, by outcome: success, slow, failure, ignored"
)
export const notPermitted = Metric.counter("circuit_breaker_not_permitted_total", { incremental: true })
export const failureRatio = Metric.gauge("circuit_breaker_failure_ratio")
export const slowCallRatio = Metric.gauge("circuit_breaker_slow_call_ratio")
export const transitions = Metric.counter("circuit_breaker_transitions_total", { incremental: true })
/** Grows when the Open state is left. */
export const openSeconds = Metric.counter("circuit_breaker_open_seconds_total", { incremental: true })

const states: ReadonlyArray<StateName> = [
  "Closed",
  "Open",
  "HalfOpen",
  "ForcedOpen",
  "Disabled",
  "MetricsOnly"
]

export interface CircuitBreakerMetrics {
  /** `before` is the state that the first of the events met. */
  readonly record: (before: CircuitBreakerState, events: ReadonlyArray<CircuitBreakerEvent>) => void
  readonly ratios: (counts: CallCounts.CallCounts) => void
}

// One array of labels per series, made once: a metric finds its cell by the array, and `Metric.tagged` makes a new one at
// every update, which costs more than the breaker does.
export const make = (name: string): CircuitBreakerMetrics => {
  const named = [MetricLabel.make("name", name)]
  const labels = (key: string, value: string) => [...named, MetricLabel.make(key, value)]
  const outcomes = {
    CallSucceeded: labels("outcome", "success"),
    CallSlow: labels("outcome", "slow"),
    CallFailed: labels("outcome", "failure"),
    CallIgnored: labels("outcome", "ignored")
  }
  const gauges = states.map((value) => ({ value, labels: labels("state", value) }))

  const enter = (current: StateName) => {
    for (const { labels, value } of gauges) state.unsafeUpdate(Number(value === current), labels)
  }
  enter("Closed")
  notPermitted.unsafeUpdate(0, named)

  return {
    record: (before, events) => {
      let since = before.since
      for (const event of events) {
        switch (event._tag) {
          case "CallSucceeded":
          case "CallSlow":
          case "CallFailed":
          case "CallIgnored":
            calls.unsafeUpdate(event.duration / 1e9, outcomes[event._tag])
            break
          case "CallNotPermitted":
            notPermitted.unsafeUpdate(1, named)
            break
          case "StateTransition":
            transitions.unsafeUpdate(1, [...labels("from", event.from), MetricLabel.make("to", event.to)])
            if (event.from === "Open") openSeconds.unsafeUpdate((event.at - since) / 1e9, named)
            since = event.at
            enter(event.to)
            break
          case "TrialAdmitted":
          case "RateExceeded":
          case "Reset":
            break
        }
      }
    },
    ratios: (counts) => {
      failureRatio.unsafeUpdate(CallCounts.failureRate(counts), named)
      slowCallRatio.unsafeUpdate(CallCounts.slowRate(counts), named)
    }
  }
}
