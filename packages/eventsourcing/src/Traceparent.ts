/** W3C trace context, recorded with each event so that traces go on over the feeds. */
import * as Effect from "effect/Effect"
import * as Tracer from "effect/Tracer"

/** Of the current span; null where nothing is traced. */
export const current: Effect.Effect<string | null> = Effect.currentSpan.pipe(
  Effect.map((span) => `00-${span.traceId}-${span.spanId}-${span.sampled ? "01" : "00"}`),
  Effect.orElseSucceed(() => null)
)

const form = /^([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/

/** The span that it names, wherever that was. Of a version to come it is read as far as the first one goes, as W3C asks. */
export const spanOf = (traceparent: string | null): Tracer.ExternalSpan | undefined => {
  const [, version, traceId, spanId, flags, more] = (traceparent === null ? null : form.exec(traceparent)) ??
    []
  if (traceId === undefined || spanId === undefined || version === "ff") return undefined
  if (version === "00" && more !== undefined) return undefined
  return Tracer.externalSpan({ traceId, spanId, sampled: (Number.parseInt(flags ?? "0", 16) & 1) === 1 })
}
