/** Sends the process's metrics to a collector, again and again. Nobody waits for it. */
import type * as OtlpResource from "@effect/opentelemetry/OtlpResource"
import * as OtlpSerialization from "@effect/opentelemetry/OtlpSerialization"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as Predicate from "effect/Predicate"
import type * as Scope from "effect/Scope"
import { metricsOf } from "./TelemetryMetricsOtlp.ts"

export class TelemetryMetrics extends Context.Tag("@saucier/runtime/TelemetryMetrics")<TelemetryMetrics, {
  /** Exports until the scope closes, and once more then. `observe` brings the gauges up to date. */
  readonly run: (observe: Effect.Effect<void>) => Effect.Effect<void, never, Scope.Scope>
}>() {}

export interface Options {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly resource: OtlpResource.Resource
  readonly interval: Duration.Duration
}

const patience = "5 seconds"

/** What one that takes traces and no metrics says, as Jaeger does. */
const refusals: ReadonlySet<unknown> = new Set([404, 405, 501])

const statusOf = (error: unknown): unknown =>
  Predicate.hasProperty(error, "response") && Predicate.hasProperty(error.response, "status")
    ? error.response.status
    : undefined

export const make = ({ headers, interval, resource, url }: Options) =>
  Effect.gen(function*() {
    const client = HttpClient.filterStatusOk(yield* HttpClient.HttpClient)
    const serialization = yield* OtlpSerialization.OtlpSerialization
    const since = yield* Clock.currentTimeNanos
    const collector = new URL(url).origin
    /** Whether the log says that the collector does not take them. */
    let told = false

    const send = Effect.gen(function*() {
      const pairs = yield* Metric.snapshot
      const now = yield* Clock.currentTimeNanos
      const body = serialization.metrics(metricsOf(resource, pairs, { since, now }))
      const request = HttpClientRequest.post(url, { headers, body })
      yield* client.execute(request).pipe(Effect.scoped, Effect.timeout(patience))
    }).pipe(Effect.withTracerEnabled(false))

    /** Whether it is worth going on. */
    const failed = (cause: Cause.Cause<unknown>): Effect.Effect<boolean> => {
      const refuses = refusals.has(statusOf(Cause.squash(cause)))
      const words = refuses
        ? Effect.logInfo("The collector takes no metrics: they are at /metrics only")
        : Effect.logWarning(
          "The metrics collector does not take metrics: they are not exported until it does"
        )
      const tell = told ? Effect.void : Effect.annotateLogs(words, { collector })
      told = true
      return Effect.as(tell, !refuses)
    }

    const taken = Effect.suspend(() => {
      if (!told) return Effect.succeed(true)
      told = false
      const words = Effect.logInfo("The metrics collector takes metrics again")
      return Effect.as(Effect.annotateLogs(words, { collector }), true)
    })

    return TelemetryMetrics.of({
      run: (observe) => {
        const once = Effect.matchCauseEffect(Effect.zipRight(observe, send), {
          onFailure: failed,
          onSuccess: () => taken
        })
        return Effect.addFinalizer(() =>
          Effect.ignore(Effect.timeout(Effect.interruptible(once), "2 seconds"))
        )
          .pipe(
            Effect.zipRight(
              Effect.delay(once, interval).pipe(
                Effect.repeat({ while: (goesOn) => goesOn }),
                Effect.forkScoped
              )
            ),
            Effect.asVoid
          )
      }
    })
  })
