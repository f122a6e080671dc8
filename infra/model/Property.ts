/** Sequences of commands from their schema, and the shortest one that a subject answers otherwise than the model. */
import { assert } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import { Advance, Command, Place, PlaceAgain } from "./Model.ts"
import * as Script from "./Script.ts"
import { differs, run, type Step, type Subject } from "./Subject.ts"

export interface Options {
  readonly runs: number
  /** How many sequences a run has side by side, each of up to so many commands. */
  readonly together?: number
  readonly length: number
  /** The same sequences again; without it they are others each time. */
  readonly seed?: number
}

/** Seconds in which what was asked comes to rest; fewer once a fault is known and only its shortest form is sought. */
const patience = { searching: 10, shrinking: 1.5 }

/** Most of them place or advance, so that there is something to do and deliveries come to their ends. */
const command = FastCheck.oneof(
  { weight: 2, arbitrary: Arbitrary.make(Command) },
  { weight: 1, arbitrary: Arbitrary.make(Place) },
  { weight: 1, arbitrary: Arbitrary.make(PlaceAgain) },
  { weight: 3, arbitrary: Arbitrary.make(Advance) }
)

/** Most begin with an order that is paid: what follows then has something to change. */
const opening = FastCheck.oneof(
  {
    weight: 3,
    arbitrary: Arbitrary.make(Place).map(({ goods, price, slot }): Command =>
      Place.make({ goods, price, slot, mood: "instant" })
    )
  },
  { weight: 1, arbitrary: Arbitrary.make(Command) }
)

const sequenceOf = (length: number) =>
  FastCheck.tuple(opening, FastCheck.array(command, { maxLength: length - 1, size: "max" })).map(
    ([first, others]): ReadonlyArray<Command> => Arr.prepend(others, first)
  )

type Make = (patience: number) => Effect.Effect<Subject>

const runWith = (subject: Make, seconds: number, commands: ReadonlyArray<Command>) =>
  Effect.flatMap(subject(seconds), (subject) => run(subject, commands))

/** Leaves out what is not needed to see the fault, one command after the other. */
const shortest = (subject: Make, found: ReadonlyArray<Step>): Effect.Effect<ReadonlyArray<Step>> =>
  Effect.reduce([...found.keys()].reverse(), found, (steps, index) =>
    Effect.map(
      runWith(
        subject,
        patience.shrinking,
        steps.map(({ command }) => command).filter((_, at) => at !== index)
      ),
      (fewer) => fewer.some(differs) ? fewer : steps
    ))

/** `subject` is given its patience in seconds. Fails with a script of the shortest sequence that differs. */
export const holds = (subject: Make, { length, runs, seed, together = 1 }: Options) =>
  Effect.gen(function*() {
    const steps: Array<Step> = []
    let fault: ReadonlyArray<Step> | undefined
    const sequence = sequenceOf(length)
    // Few and long runs: without bias, which would begin with the smallest.
    const sequences = FastCheck.noBias(
      FastCheck.array(sequence, { minLength: together, maxLength: together })
    )
    const check = yield* Effect.promise(() =>
      FastCheck.check(
        FastCheck.asyncProperty(sequences, async (sequences) => {
          const made = await Effect.runPromise(Effect.forEach(
            sequences,
            (commands) => runWith(subject, patience.searching, commands),
            { concurrency: "unbounded" }
          ))
          steps.push(...made.flat())
          fault = made.find((steps) => steps.some(differs))
          return fault === undefined
        }),
        { numRuns: runs, endOnFailure: true, ...(seed === undefined ? {} : { seed }) }
      )
    )
    if (fault !== undefined) {
      assert.fail(`seed ${check.seed}\n\n${Script.of(yield* shortest(subject, fault))}`)
    }
    return steps
  })
