import type * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
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
