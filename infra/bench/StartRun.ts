/** From the command to the first order answered, on fresh storage each time. */
import { round } from "@saucier/proof/Stats"
import * as Effect from "effect/Effect"
import * as Report from "./Report.ts"
import * as Saucier from "./Saucier.ts"
import * as Target from "./Target.ts"

const runs = 5

const once = Effect.scoped(Effect.gen(function*() {
  const start = performance.now()
  const server = yield* Saucier.start()
  const listening = performance.now() - start
  yield* Target.place(server)
  return { listening, ordered: performance.now() - start }
}))

/** The first start after a change bundles the sources; an installed checkout has done that once. */
export const run = Effect.gen(function*() {
  const bundling = yield* once
  const times = yield* Effect.replicateEffect(once, runs)
  const [median] = [...times].sort((a, b) => a.ordered - b.ordered).slice(Math.floor(runs / 2))
  yield* Report.print(Report.table(
    ["run", "listening ms", "first order ms"],
    [bundling, ...times].map(({ listening, ordered }, index) => [
      index === 0 ? "before (may bundle)" : `${index}`,
      round(listening, 0),
      round(ordered, 0)
    ])
  ))
  yield* Report.print(
    `Median of ${runs}: the first order was answered after ${round(median?.ordered ?? NaN, 0)} ms`
  )
  yield* Report.save("bench-start.json", { bundling, times, median })
  return true
})
