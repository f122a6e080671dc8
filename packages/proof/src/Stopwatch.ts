import * as Monotonic from "@saucier/eventsourcing/Monotonic"
import * as Effect from "effect/Effect"

/** Gives an effect that tells the seconds since now. */
export const start = Effect.map(
  Monotonic.millis,
  (since) => Effect.map(Monotonic.millis, (now) => (now - since) / 1000)
)

/** What came out, and the seconds that it took. */
export const timed = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const seconds = yield* start
    const found = yield* effect
    return [found, yield* seconds] as const
  })
