/** Counts what the events tell: every figure but the two ratios is a sum over events. */
import * as Metric from "effect/Metric"
import * as MetricBoundaries from "effect/MetricBoundaries"
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

export const make = (name: string): CircuitBreakerMetrics => {
  const tagged = <Type, In, Out>(metric: Metric.Metric<Type, In, Out>) => Metric.tagged(metric, "name", name)
  const outcome = (value: string) => Metric.tagged(tagged(calls), "outcome", value)
  const succeeded = outcome("success")
  const slow = outcome("slow")
  const failed = outcome("failure")
  const ignored = outcome("ignored")
  const refused = tagged(notPermitted)
  const failures = tagged(failureRatio)
  const slows = tagged(slowCallRatio)
  const open = tagged(openSeconds)
  const gauges = states.map((value) => ({ value, gauge: Metric.tagged(tagged(state), "state", value) }))
  const moved = (from: StateName, to: StateName) =>
    Metric.tagged(Metric.tagged(tagged(transitions), "from", from), "to", to)

  const enter = (current: StateName) => {
    for (const { gauge, value } of gauges) gauge.unsafeUpdate(value === current ? 1 : 0, [])
  }
  enter("Closed")
  refused.unsafeUpdate(0, [])

  return {
    record: (before, events) => {
      let since = before.since
      for (const event of events) {
        switch (event._tag) {
          case "CallSucceeded":
            succeeded.unsafeUpdate(event.duration / 1e9, [])
            break
          case "CallSlow":
            slow.unsafeUpdate(event.duration / 1e9, [])
            break
          case "CallFailed":
            failed.unsafeUpdate(event.duration / 1e9, [])
            break
          case "CallIgnored":
            ignored.unsafeUpdate(event.duration / 1e9, [])
            break
          case "CallNotPermitted":
            refused.unsafeUpdate(1, [])
            break
          case "StateTransition":
            moved(event.from, event.to).unsafeUpdate(1, [])
            if (event.from === "Open") open.unsafeUpdate((event.at - since) / 1e9, [])
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
      failures.unsafeUpdate(CallCounts.failureRate(counts), [])
      slows.unsafeUpdate(CallCounts.slowRate(counts), [])
    }
  }
}
