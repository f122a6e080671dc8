/** Keeps a server from taking in more than it can finish: who comes beyond that is told at once to come back. */
import * as Effect from "effect/Effect"
import { HttpProblem } from "./HttpProblem.ts"

const full = (max: number) =>
  new HttpProblem({
    status: 429,
    code: "too-many-requests",
    detail: `${max} requests are being worked on, and nothing was done about this one. Try again in a second`
  })

export type Admission = <A, E, R>(work: Effect.Effect<A, E, R>) => Effect.Effect<A, E | HttpProblem, R>

/** A bound on how many of these run at once. */
export const make = (max: number): Admission => {
  let running = 0
  return <A, E, R>(work: Effect.Effect<A, E, R>) =>
    Effect.suspend((): Effect.Effect<A, E | HttpProblem, R> => {
      if (running >= max) return Effect.fail(full(max))
      running++
      return Effect.ensuring(work, Effect.sync(() => running--))
    })
}
