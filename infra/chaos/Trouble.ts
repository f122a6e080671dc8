/** What befalls the two parties while orders come in: moods of the provider, and sudden deaths of either. */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { because } from "../bench/Failure.ts"
import type { Party } from "./Party.ts"

export const moods = [
  "instant",
  "healthy",
  "instant",
  "seed",
  "instant",
  "brownout",
  "lost-reply",
  "instant",
  "duplicate-webhook",
  "decline",
  "down",
  "instant",
  "slow",
  "hang"
] as const
export type Mood = (typeof moods)[number]

export const behave = (control: URL, preset: Mood, lostReplyRate = 0.01) =>
  Effect.tryPromise({
    try: () =>
      fetch(new URL("/preset", control), {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ preset, lostReplyRate })
      }),
    catch: (error) => because(`The provider's mood cannot be changed: ${error}`)
  }).pipe(Effect.filterOrFail(({ ok }) => ok, () => because(`The provider refuses to be ${preset}`)))

/** Every 3 to 7 s something happens, until it is over. What was killed is up again then. */
export const run = (
  parties: ReadonlyArray<Party>,
  control: URL,
  happened: (what: string) => void,
  isOver: () => boolean
) =>
  Effect.gen(function*() {
    for (let turn = 0; !isOver(); turn++) {
      yield* Effect.sleep(yield* Random.nextIntBetween(3000, 7000))
      const party = parties[yield* Random.nextIntBetween(0, parties.length)]
      if (party !== undefined && turn % 3 === 2) {
        happened(`kill -9 ${party.name}`)
        yield* party.killAndRestart
      }
      const mood = moods[turn % moods.length] ?? "instant"
      happened(`the provider is ${mood}`)
      yield* behave(control, mood)
    }
  })
