/**
 * Sends ended spans to a collector, in batches, one at a time. It never makes anybody wait: what comes faster than the
 * collector takes it is dropped and counted. Of a collector that is away it tells once, asks again later, and tells when it is back.
 */
import type * as OtlpResource from "@effect/opentelemetry/OtlpResource"
import * as OtlpSerialization from "@effect/opentelemetry/OtlpSerialization"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as Cause from "effect/Cause"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as Predicate from "effect/Predicate"
import * as TelemetryOtlp from "./TelemetryOtlp.ts"
import type { RecordedSpan } from "./TelemetrySpan.ts"

export interface Options {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly resource: OtlpResource.Resource
  readonly interval: Duration.Duration
}

const maxBatch = 512
const maxWaiting = 8192
const patience = "5 seconds"
const pause = "10 seconds"

const exported = Metric.counter("saucier_telemetry_exported_spans_total", {
  description: "Spans that the collector has taken",
  incremental: true
})
const exportedBytes = Metric.counter("saucier_telemetry_exported_bytes_total", {
  description: "Bytes of spans that the collector has taken",
  incremental: true
})
const dropped = Metric.counter("saucier_telemetry_dropped_spans_total", {
  description: "Spans that the collector did not take, or that came faster than it does",
  incremental: true
})

/** The status that it answered with, or why there was no answer. */
const reasonOf = (error: unknown): string => {
  if (Predicate.hasProperty(error, "response") && Predicate.hasProperty(error.response, "status")) {
    return `status ${error.response.status}`
  }
  return Predicate.hasProperty(error, "reason") && Predicate.isString(error.reason) ? error.reason : "timeout"
}

export const make = ({ headers, interval, resource, url }: Options) =>
  Effect.gen(function*() {
    const client = HttpClient.filterStatusOk(yield* HttpClient.HttpClient)
    const serialization = yield* OtlpSerialization.OtlpSerialization
    const collector = new URL(url).origin
    let waiting: Array<RecordedSpan> = []
    let reachable = true
    /** Whether the log says that the collector is away. */
    let told = false
    /** Open when there is a batch to hand over before its time. */
    const full = yield* Effect.makeLatch()

    const taken = Effect.suspend(() => {
      if (!told) return Effect.void
      told = false
      return Effect.annotateLogs(Effect.logInfo("The trace collector takes traces again"), { collector })
    })

    const send = (batch: ReadonlyArray<RecordedSpan>) =>
      Effect.suspend(() => {
        const body = serialization.traces(TelemetryOtlp.tracesOf(resource, batch))
        const request = HttpClientRequest.post(url, { headers, body })
        return client.execute(request).pipe(
          Effect.scoped,
          Effect.timeout(patience),
          Effect.zipRight(taken),
          Effect.zipRight(Metric.incrementBy(exported, batch.length)),
          Effect.zipRight(
            Metric.incrementBy(exportedBytes, body._tag === "Uint8Array" ? body.contentLength : 0)
          )
        )
      }).pipe(Effect.withTracerEnabled(false))

    const drop = (count: number) => Metric.incrementBy(dropped, count)

    const flush: Effect.Effect<void, unknown> = Effect.suspend(() => {
      if (waiting.length === 0) return Effect.void
      const batch = waiting.slice(0, maxBatch)
      waiting = waiting.slice(maxBatch)
      if (waiting.length < maxBatch) full.unsafeClose()
      return send(batch).pipe(
        Effect.tapErrorCause(() => drop(batch.length)),
        Effect.zipRight(Effect.yieldNow()),
        Effect.zipRight(flush)
      )
    })

    const away = (cause: Cause.Cause<unknown>) =>
      Effect.suspend(() => {
        const lost = waiting.length
        waiting = []
        full.unsafeClose()
        reachable = false
        const warn = told ? Effect.void : Effect.logWarning(
          "The trace collector does not take traces: they are not exported until it does"
        ).pipe(Effect.annotateLogs({ collector, reason: reasonOf(Cause.squash(cause)) }))
        told = true
        return Effect.all([drop(lost), warn, Effect.sleep(pause)], { discard: true })
      })

    const again = Effect.sync(() => {
      reachable = true
    })

    yield* Effect.addFinalizer(() => Effect.ignore(Effect.timeout(Effect.interruptible(flush), "2 seconds")))
    yield* Effect.raceFirst(Effect.sleep(interval), full.await).pipe(
      Effect.zipRight(flush),
      Effect.catchAllCause((cause) => Effect.zipRight(away(cause), again)),
      Effect.forever,
      Effect.interruptible,
      Effect.forkScoped
    )

    return {
      push: (span: RecordedSpan): void => {
        if (!reachable || waiting.length >= maxWaiting) return dropped.unsafeUpdate(1, [])
        waiting.push(span)
        if (waiting.length >= maxBatch) full.unsafeOpen()
      }
    }
  })
