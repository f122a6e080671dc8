import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import type { CircuitBreakerEvent } from "./CircuitBreakerEvent.ts"

/** What a reader of the trace wants to know of a decision; of anything else nothing. */
const attributesOf = (event: CircuitBreakerEvent): Record<string, unknown> | undefined => {
  switch (event._tag) {
    case "StateTransition": {
      const { calls, failureRate, from, name, reason, slowRate, to } = event
      return { name, from, to, reason, failureRate, slowRate, calls }
    }
    case "CallNotPermitted":
      return { name: event.name, state: event.state, retry_after_ms: Math.ceil(event.retryAfter / 1e6) }
    default:
      return undefined
  }
}

/** Writes what the breaker decided on the span of the call that met the decision; single calls have spans of their own. */
export const annotateSpan = (
  clock: Clock.Clock,
  events: ReadonlyArray<CircuitBreakerEvent>
): Effect.Effect<void> =>
  Effect.withFiberRuntime(({ currentSpan }) => {
    if (currentSpan?._tag === "Span" && currentSpan.sampled) {
      const time = clock.unsafeCurrentTimeNanos()
      for (const event of events) {
        const attributes = attributesOf(event)
        if (attributes !== undefined) currentSpan.event(`circuit_breaker.${event._tag}`, time, attributes)
      }
    }
    return Effect.void
  })

/** Writes on the span of the call that it will be tried again, and after what. */
export const annotateRetry = (
  attempt: number,
  delay: Duration.Duration,
  error: unknown
): Effect.Effect<void> =>
  Effect.withFiberRuntime(({ currentSpan }) => {
    if (currentSpan?._tag !== "Span" || !currentSpan.sampled) return Effect.void
    const type = Predicate.hasProperty(error, "_tag") ? String(error._tag) : "unknown"
    return Effect.map(Clock.currentTimeNanos, (time) =>
      currentSpan.event("retry", time, {
        "retry.attempt": attempt,
        "retry.delay_ms": Duration.toMillis(delay),
        "error.type": type
      }))
  })
