/** What goes on beside other things, and what must be alone. */
import * as Effect from "effect/Effect"
import type { Pace } from "./Claim.ts"

export type Room = Readonly<Record<Pace, <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>>>

/** Whoever waits to be alone lets nobody pass him at the door, so that his turn comes. */
export const make = (most: number): Effect.Effect<Room> =>
  Effect.gen(function*() {
    const door = yield* Effect.makeSemaphore(1)
    const places = yield* Effect.makeSemaphore(most)
    const taking = (count: number) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
      Effect.acquireUseRelease(
        Effect.interruptible(door.withPermits(1)(places.take(count))),
        () => effect,
        (taken) => places.release(taken)
      )
    return { beside: taking(1), alone: taking(most), idle: (effect) => effect }
  })
