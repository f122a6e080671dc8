import * as Effect from "effect/Effect"

/** Asks again until it is as wished; whoever waits in vain needs a time limit of his own. */
export const until = <A, E, R>(
  ask: Effect.Effect<A, E, R>,
  wished: (found: A) => boolean,
  every = 200
): Effect.Effect<A, E, R> =>
  Effect.flatMap(
    ask,
    (found) => wished(found) ? Effect.succeed(found) : Effect.delay(until(ask, wished, every), every)
  )
