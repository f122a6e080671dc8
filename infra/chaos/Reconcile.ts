/** `saucier reconcile`, as an operator runs it. */
import * as Effect from "effect/Effect"
import { fileURLToPath } from "node:url"
import * as Child from "../bench/Child.ts"

const program = fileURLToPath(new URL("../../apps/saucier/bin/saucier.js", import.meta.url))

/** How many disagreements there are between orders, payments and the provider's ledger. */
export const run = (base: URL) =>
  Effect.scoped(Effect.gen(function*() {
    const child = yield* Child.make(process.execPath, [program, "reconcile", "--json", "--url", base.href])
    yield* child.ended
    const report: {
      readonly disagreements: ReadonlyArray<unknown>
      readonly strangers: ReadonlyArray<unknown>
    } = JSON.parse(child.printed().split("\n")[0] ?? "")
    return report.disagreements.length + report.strangers.length
  }))

/** Seconds until the books agree, or null when they do not within two minutes. */
export const untilClean = (base: URL) => {
  const since = performance.now()
  const seconds = () => (performance.now() - since) / 1000
  const look: Effect.Effect<{ readonly seconds: number | null; readonly left: number }> = Effect.flatMap(
    Effect.catchAllCause(run(base), () => Effect.succeed(-1)),
    (left) => {
      if (left === 0) return Effect.succeed({ seconds: seconds(), left })
      return seconds() > 120 ? Effect.succeed({ seconds: null, left }) : Effect.delay(look, "1 second")
    }
  )
  return look
}
