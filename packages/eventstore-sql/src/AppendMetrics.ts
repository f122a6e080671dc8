import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as MetricBoundaries from "effect/MetricBoundaries"
import * as MetricLabel from "effect/MetricLabel"

const size = Metric.histogram(
  "saucier_append_batch_size",
  MetricBoundaries.fromIterable([1, 2, 4, 8, 16, 32, 64, 128, 256]),
  "Appends that one commit has written"
)

const duration = Metric.histogram(
  "saucier_append_commit_duration_seconds",
  MetricBoundaries.fromIterable([0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]),
  "Commits of appended events"
)

/** Measures the commits of one store that succeed. */
export const make = (store: string) => {
  const labels = [MetricLabel.make("store", store)]
  return (count: number) => <A, E, R>(commit: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.clockWith((clock) => {
      const begun = clock.unsafeCurrentTimeNanos()
      return Effect.map(commit, (replies) => {
        size.unsafeUpdate(count, labels)
        duration.unsafeUpdate(Number(clock.unsafeCurrentTimeNanos() - begun) / 1e9, labels)
        return replies
      })
    })
}
