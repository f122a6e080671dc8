/** W3C trace context, recorded with each event so that traces go on over the feeds. */
import * as Effect from "effect/Effect"
import * as Tracer from "effect/Tracer"

/** Of the current span; null where nothing is traced. */
export const current: Effect.Effect<string | null> = Effect.currentSpan.pipe(
  Effect.map((span) => `00-${span.traceId}-${span.spanId}-${span.sampled ? "01" : "00"}`),
  Effect.orElseSucceed(() => null)
)

const form = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

/** The span in which an event was recorded, wherever that was. */
export const spanOf = (traceparent: string | null): Tracer.ExternalSpan | undefined => {
  const [, traceId, spanId, flags] = (traceparent === null ? null : form.exec(traceparent)) ?? []
  if (traceId === undefined || spanId === undefined) return undefined
  return Tracer.externalSpan({ traceId, spanId, sampled: (Number.parseInt(flags ?? "0", 16) & 1) === 1 })
}
