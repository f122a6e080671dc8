import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

/** Asks again until the answer is good. */
export const until = <A, E, R>(
  ask: Effect.Effect<A, E, R>,
  good: (answer: A) => boolean,
  every: Duration.DurationInput
): Effect.Effect<A, E, R> =>
  Effect.flatMap(
    ask,
    (answer) => good(answer) ? Effect.succeed(answer) : Effect.delay(until(ask, good, every), every)
  )
