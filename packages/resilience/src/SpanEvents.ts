import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Tracer from "effect/Tracer"
import type { CircuitBreakerEvent } from "./CircuitBreakerEvent.ts"

const isDecision = (event: CircuitBreakerEvent): boolean =>
  event._tag === "StateTransition" || event._tag === "CallNotPermitted"

/** Writes what the breaker decided on the span of the call that met the decision; single calls have spans of their own. */
export const annotateSpan = (
  clock: Clock.Clock,
  events: ReadonlyArray<CircuitBreakerEvent>
): Effect.Effect<void> =>
  events.some(isDecision)
    ? Effect.contextWith((context: Context.Context<never>) => {
      const span = Context.getOption(context, Tracer.ParentSpan)
      if (Option.isNone(span) || span.value._tag !== "Span") return
      const time = clock.unsafeCurrentTimeNanos()
      for (const event of events.filter(isDecision)) {
        const { _tag, ...attributes } = event
        span.value.event(`circuit_breaker.${_tag}`, time, attributes)
      }
    })
    : Effect.void

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
