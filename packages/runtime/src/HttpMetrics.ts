import type * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as MetricBoundaries from "effect/MetricBoundaries"
import * as MetricLabel from "effect/MetricLabel"
import type { RequestMeter } from "./RequestMeter.ts"

/** The buckets that OpenTelemetry's conventions name for it. */
const seconds = MetricBoundaries.fromIterable(
  [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
)

const known: ReadonlySet<string> = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "TRACE"
])

const duration = Metric.histogram(
  "http_server_request_duration_seconds",
  seconds,
  "Requests of the API from their arrival to their answer"
)

/** One of nine, whatever the client sends: what labels are made of must be bounded. */
export const methodOf = (method: string): string => known.has(method) ? method : "_OTHER"

/** Measures the requests of one route. Labels are made once each: a metric finds its cell by the array. */
export const make = (route: string, meter: RequestMeter["Type"]) => {
  const made = new Map<string, ReadonlyArray<MetricLabel.MetricLabel>>()
  const labelsOf = (method: string, status: number) => {
    const key = `${method} ${status}`
    const labels = made.get(key) ?? [
      MetricLabel.make("method", method),
      MetricLabel.make("route", route),
      MetricLabel.make("status", String(status))
    ]
    made.set(key, labels)
    return labels
  }
  return (sent: string) => {
    const method = methodOf(sent)
    return <E, R>(handler: Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>) =>
      Effect.clockWith((clock) => {
        const begun = clock.unsafeCurrentTimeNanos()
        return Effect.map(handler, (response) => {
          const { status } = response
          const seconds = Number(clock.unsafeCurrentTimeNanos() - begun) / 1e9
          duration.unsafeUpdate(seconds, labelsOf(method, status))
          meter.answered({ method, route, status, seconds, at: clock.unsafeCurrentTimeMillis() })
          return response
        })
      })
  }
}
