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

const duration = Metric.histogram(
  "http_server_request_duration_seconds",
  seconds,
  "Requests of the API from their arrival to their answer"
)

/** Measures the requests of one route. Labels are made once each: a metric finds its cell by the array. */
export const make = (method: string, route: string, meter: RequestMeter["Type"]) => {
  const labels = new Map<number, ReadonlyArray<MetricLabel.MetricLabel>>()
  const labelsOf = (status: number) => {
    const known = labels.get(status)
    if (known !== undefined) return known
    const made = [
      MetricLabel.make("method", method),
      MetricLabel.make("route", route),
      MetricLabel.make("status", String(status))
    ]
    labels.set(status, made)
    return made
  }
  return <E, R>(handler: Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>) =>
    Effect.clockWith((clock) => {
      const begun = clock.unsafeCurrentTimeNanos()
      return Effect.map(handler, (response) => {
        const { status } = response
        const seconds = Number(clock.unsafeCurrentTimeNanos() - begun) / 1e9
        duration.unsafeUpdate(seconds, labelsOf(status))
        meter.answered({ method, route, status, seconds, at: clock.unsafeCurrentTimeMillis() })
        return response
      })
    })
}
