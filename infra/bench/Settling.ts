/** The wait until every order is complete: work that a server puts off must be counted. */
import * as Effect from "effect/Effect"
import type { ParseError } from "effect/ParseResult"
import type { Failure } from "./Failure.ts"
import * as Target from "./Target.ts"

export interface Settled extends Target.Tally {
  /** How long it took. */
  readonly seconds: number
}

const patienceSeconds = 90

/** Gives the counts as they are when patience ends. */
export const settle = (target: Target.Target, atLeast: number) => {
  const start = performance.now()
  const look: Effect.Effect<Settled, Failure | ParseError> = Effect.flatMap(Target.tally(target), (tally) => {
    const settled = { ...tally, seconds: (performance.now() - start) / 1000 }
    const done = tally.made >= atLeast && tally.complete === tally.made
    return done || settled.seconds > patienceSeconds
      ? Effect.succeed(settled)
      : Effect.delay(look, "100 millis")
  })
  return look
}
