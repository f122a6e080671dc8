import * as Metric from "effect/Metric"
import * as MetricBoundaries from "effect/MetricBoundaries"
import * as MetricLabel from "effect/MetricLabel"

export const running = Metric.gauge("bulkhead_running")
export const waiting = Metric.gauge("bulkhead_waiting")
export const rejected = Metric.counter("bulkhead_rejected_total", { incremental: true })
export const waitSeconds = Metric.histogram(
  "bulkhead_wait_seconds",
  MetricBoundaries.fromIterable([0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1]),
  "Time spent waiting for a place, by those who had to wait"
)

export interface BulkheadMetrics {
  readonly usage: (running: number, waiting: number) => void
  readonly waited: (seconds: number) => void
  readonly rejected: (reason: "queue-full" | "wait-too-long") => void
}

/** Labels are made once, as in `CircuitBreakerMetrics`. */
export const make = (name: string): BulkheadMetrics => {
  const named = [MetricLabel.make("name", name)]
  const reasons = {
    "queue-full": [...named, MetricLabel.make("reason", "queue-full")],
    "wait-too-long": [...named, MetricLabel.make("reason", "wait-too-long")]
  }
  return {
    usage: (inUse, inQueue) => {
      running.unsafeUpdate(inUse, named)
      waiting.unsafeUpdate(inQueue, named)
    },
    waited: (seconds) => waitSeconds.unsafeUpdate(seconds, named),
    rejected: (reason) => rejected.unsafeUpdate(1, reasons[reason])
  }
}
