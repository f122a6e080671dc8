/** Where those are together who want the provider in the same mood; the others wait until it is empty. */
import * as Effect from "effect/Effect"
import type { Mood } from "./Model.ts"

export interface Room {
  readonly within: <A, E>(mood: Mood, work: Effect.Effect<A, E>) => Effect.Effect<A, E>
}

/** `behave` puts the provider into a mood; it is `instant` at first. */
export const make = (behave: (mood: Mood) => Effect.Effect<unknown>): Room => {
  const turn = Effect.unsafeMakeSemaphore(1)
  let mood: Mood = "instant"
  let present = 0

  /** Whether one got in. */
  const enters = (wanted: Mood) =>
    turn.withPermits(1)(Effect.suspend(() => {
      if (wanted !== mood && present > 0) return Effect.succeed(false)
      const before = wanted === mood ? Effect.void : behave(wanted)
      mood = wanted
      present += 1
      return Effect.as(before, true)
    }))

  const enter = (wanted: Mood): Effect.Effect<void> =>
    Effect.flatMap(
      enters(wanted),
      (entered) => entered ? Effect.void : Effect.delay(enter(wanted), "5 millis")
    )

  return {
    within: (wanted, work) =>
      Effect.acquireUseRelease(enter(wanted), () => work, () =>
        Effect.sync(() => {
          present -= 1
        }))
  }
}
