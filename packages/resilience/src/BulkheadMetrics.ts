import * as Metric from "effect/Metric"
import * as MetricBoundaries from "effect/MetricBoundaries"

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

export const make = (name: string): BulkheadMetrics => {
  const gauge = Metric.tagged(running, "name", name)
  const queue = Metric.tagged(waiting, "name", name)
  const wait = Metric.tagged(waitSeconds, "name", name)
  const refusal = Metric.tagged(rejected, "name", name)
  const refusals = {
    "queue-full": Metric.tagged(refusal, "reason", "queue-full"),
    "wait-too-long": Metric.tagged(refusal, "reason", "wait-too-long")
  }
  return {
    usage: (inUse, inQueue) => {
      gauge.unsafeUpdate(inUse, [])
      queue.unsafeUpdate(inQueue, [])
    },
    waited: (seconds) => wait.unsafeUpdate(seconds, []),
    rejected: (reason) => refusals[reason].unsafeUpdate(1, [])
  }
}
