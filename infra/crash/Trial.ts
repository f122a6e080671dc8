/** Plays the story until the process has died at a point, lets it heal, and holds the books against each other. */
import * as HistoryRecorder from "@saucier/simulation/HistoryRecorder"
import * as Effect from "effect/Effect"
import * as Books from "./Books.ts"
import * as Customer from "./Customer.ts"
import * as Life from "./Life.ts"
import type { Point } from "./Points.ts"
import { type Act, acts } from "./Story.ts"

export interface Verdict {
  readonly point: Point
  readonly orders: number
  readonly complaints: ReadonlyArray<string>
  /** From the end of the play until the books agreed. */
  readonly healed: number
}

/** Whoever plays is told within this, or something hangs. */
const longest = "90 seconds"

export const run = (point: Point): Effect.Effect<Verdict> =>
  Effect.scoped(Effect.gen(function*() {
    const life = yield* Life.start(point)
    const recorder = HistoryRecorder.make()
    const faults: Array<string> = []
    const play = ({ parts, preset }: Act, number: number) =>
      Effect.gen(function*() {
        if (life.deaths().length > 0) return
        const customers = Object.entries(parts).map(([name, part]) => {
          const customer = Customer.make(life, recorder, `${name}-${number}`)
          return { customer, part }
        })
        yield* Effect.forEach(customers, ({ customer }) => customer.behave(preset), { discard: true })
        yield* Effect.forEach(
          customers,
          ({ customer, part }, index) => part(customer, `${number}-${index}`),
          {
            concurrency: "unbounded",
            discard: true
          }
        )
        faults.push(...customers.flatMap(({ customer }) => customer.faults()))
      })
    yield* Effect.forEach(acts, play, { discard: true }).pipe(
      Effect.timeoutOption(longest),
      Effect.map((played) => {
        if (played._tag === "None") faults.push(`the story hangs; the process said:\n${life.said()}`)
      })
    )
    // What goes on by itself may pass the point a little later.
    yield* Effect.repeat(Effect.sleep("100 millis"), {
      until: () => life.deaths().length > 0,
      times: 80
    })
    yield* life.up
    const { complaints, healed, orders } = yield* Books.atRest(life.base, recorder.operations())
    const deaths = life.deaths()
    if (deaths.join() !== "SIGKILL") faults.push(`it died of [${deaths.join(", ")}], not once at the point`)
    return { point, orders, complaints: [...faults, ...complaints], healed }
  }))
