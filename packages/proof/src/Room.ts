/** What goes on beside other things, and what must be alone. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { Pace } from "./Claim.ts"

export type Room = Readonly<Record<Pace, <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>>>

class Leave extends Context.Reference<Leave>()("@saucier/proof/Room/Leave", {
  defaultValue: () => Effect.void
}) {}

/** Whoever has measured and only waits from here on makes room for the others. */
export const leave: Effect.Effect<void> = Effect.flatten(Leave)

/** Whoever waits to be alone lets nobody pass him at the door, so that his turn comes. */
export const make = (most: number): Effect.Effect<Room> =>
  Effect.gen(function*() {
    const door = yield* Effect.makeSemaphore(1)
    const places = yield* Effect.makeSemaphore(most)
    const taking = (count: number) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
      Effect.acquireUseRelease(
        Effect.flatMap(Effect.interruptible(door.withPermits(1)(places.take(count))), (taken) =>
          Effect.map(Ref.make(taken), (held) =>
            Effect.flatMap(
              Ref.getAndSet(held, 0),
              (still) => still === 0 ? Effect.void : Effect.asVoid(places.release(still))
            ))),
        (leaveOnce) =>
          Effect.provideService(effect, Leave, leaveOnce),
        (leaveOnce) => leaveOnce
      )
    return { beside: taking(1), alone: taking(most) }
  })
