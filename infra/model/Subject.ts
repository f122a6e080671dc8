/** What is held against the model, and what is found when it differs. */
import * as Effect from "effect/Effect"
import { type Command, initial, type Model, next, type Stand } from "./Model.ts"

export interface Seen {
  readonly status: number
  readonly stand: Stand
}

/** One run's orders, on what may serve many runs. */
export interface Subject {
  /** Gives the answer's status, and where the order stands when all is at rest: soon, where that is as expected. */
  readonly ask: (command: Command, expected: Seen) => Effect.Effect<Seen>
}

export interface Step {
  readonly command: Command
  readonly expected: Seen
  readonly seen: Seen
}

export const textOf = ({ stand: { delivery, order, payment }, status }: Seen) =>
  `${status}, order ${order ?? "-"}, payment ${payment ?? "-"}, delivery ${delivery ?? "-"}`

export const differs = ({ expected, seen }: Step): boolean => textOf(expected) !== textOf(seen)

/** Stops at the first step that differs. */
export const run = (subject: Subject, commands: ReadonlyArray<Command>): Effect.Effect<ReadonlyArray<Step>> =>
  Effect.gen(function*() {
    const steps: Array<Step> = []
    let model: Model = initial
    for (const command of commands) {
      const { model: after, stand, status } = next(model, command)
      if (status === 0) continue
      model = after
      const expected = { status, stand }
      const step = { command, expected, seen: yield* subject.ask(command, expected) }
      steps.push(step)
      if (differs(step)) break
    }
    return steps
  })
