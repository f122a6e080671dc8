import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

/** Milliseconds for durations: wall clocks jump, this one does not. */
export const millis: Effect.Effect<number> = Effect.map(
  Clock.currentTimeNanos,
  (nanos) => Number(nanos / 1_000_000n)
)
