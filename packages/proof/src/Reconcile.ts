/** `saucier reconcile`, as an operator runs it. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { because } from "./Broken.ts"
import * as Launch from "./Launch.ts"
import * as Stopwatch from "./Stopwatch.ts"

const Report = Schema.parseJson(Schema.Struct({
  disagreements: Schema.Array(Schema.Unknown),
  strangers: Schema.Array(Schema.Unknown)
}))

/** How many disagreements there are between orders, payments and the provider's ledger. */
export const run = (base: string) =>
  Effect.gen(function*() {
    const { said } = yield* Launch.toEnd(["reconcile", "--json", "--url", base])
    const report = yield* Schema.decode(Report)(said.split("\n")[0] ?? "")
    return report.disagreements.length + report.strangers.length
  }).pipe(Effect.mapError(({ message }) => because(`reconcile: ${message}`)))

const patience = 120

/** Seconds until the books agree, or null when they do not within two minutes; and how many disagree (-1: unreadable). */
export const untilClean = (base: string) =>
  Effect.flatMap(Stopwatch.start, (elapsed) => {
    const look: Effect.Effect<
      { readonly seconds: number | null; readonly left: number },
      never,
      Effect.Effect.Context<ReturnType<typeof run>>
    > = Effect.gen(function*() {
      const left = yield* Effect.orElseSucceed(run(base), () => -1)
      const seconds = yield* elapsed
      if (left === 0) return { seconds, left }
      return seconds > patience ? { seconds: null, left } : yield* Effect.delay(look, "1 second")
    })
    return look
  })
