/**
 * Sends ended spans to a collector, in batches, one at a time. It never makes anybody wait: what comes faster than the
 * collector takes it is dropped and counted, and a collector that is away is told of once and asked again later.
 */
import type * as OtlpResource from "@effect/opentelemetry/OtlpResource"
import * as OtlpSerialization from "@effect/opentelemetry/OtlpSerialization"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
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

const reasonOf = (error: unknown): string =>
  Predicate.hasProperty(error, "reason") && Predicate.isString(error.reason) ? error.reason : "timeout"

export const make = ({ headers, interval, resource, url }: Options) =>
  Effect.gen(function*() {
    const client = HttpClient.filterStatusOk(yield* HttpClient.HttpClient)
    const serialization = yield* OtlpSerialization.OtlpSerialization
    const collector = new URL(url).origin
    let waiting: Array<RecordedSpan> = []
    let reachable = true
    let told = false
    /** Open when there is a batch to hand over before its time. */
    const full = yield* Effect.makeLatch()

    const send = (batch: ReadonlyArray<RecordedSpan>) =>
      Effect.suspend(() => {
        const body = serialization.traces(TelemetryOtlp.tracesOf(resource, batch))
        const request = HttpClientRequest.post(url, { headers, body })
        return client.execute(request).pipe(
          Effect.scoped,
          Effect.timeout(patience),
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
        Effect.tapError(() => drop(batch.length)),
        Effect.zipRight(Effect.yieldNow()),
        Effect.zipRight(flush)
      )
    })

    const away = (error: unknown) =>
      Effect.suspend(() => {
        const lost = waiting.length
        waiting = []
        full.unsafeClose()
        reachable = false
        const warn = told ? Effect.void : Effect.logWarning(
          "The trace collector cannot be reached: traces are not exported until it can"
        ).pipe(Effect.annotateLogs({ collector, reason: reasonOf(error) }))
        told = true
        return Effect.all([drop(lost), warn, Effect.sleep(pause)], { discard: true })
      })

    const back = Effect.suspend(() => {
      if (reachable) return Effect.void
      reachable = true
      return Effect.annotateLogs(Effect.logInfo("The trace collector is asked again"), { collector })
    })

    yield* Effect.addFinalizer(() => Effect.ignore(Effect.timeout(Effect.interruptible(flush), "2 seconds")))
    yield* Effect.raceFirst(Effect.sleep(interval), full.await).pipe(
      Effect.zipRight(flush),
      Effect.catchAll((error) => Effect.zipRight(away(error), back)),
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
