import * as Effect from "effect/Effect"

/** W3C trace context of the current span, recorded with each event so that traces continue over the feeds; else null. */
export const current: Effect.Effect<string | null> = Effect.currentSpan.pipe(
  Effect.map((span) => `00-${span.traceId}-${span.spanId}-${span.sampled ? "01" : "00"}`),
  Effect.orElseSucceed(() => null)
)
