/** What must hold when all is quiet: nothing lost, nothing doubled, and the three books agree. */
import * as Effect from "effect/Effect"
import { type Call, isAcknowledged } from "./Callers.ts"
import * as Reconcile from "./Reconcile.ts"
import * as Stopwatch from "./Stopwatch.ts"
import * as Verdict from "./Verdict.ts"

const patience = 120

const quiet = (faults: Readonly<Record<string, number>>) =>
  Object.values(faults).every((count) => count === 0)

/** Asks again until all is well or two minutes are over; gives what is left to complain of, and the seconds it took. */
export const settle = (base: string, calls: ReadonlyArray<Pick<Call, "status" | "orderId">>) =>
  Effect.gen(function*() {
    const elapsed = yield* Stopwatch.start
    const judged = Verdict.judge(base, calls.filter(isAcknowledged))
    const patiently: typeof judged = Effect.gen(function*() {
      const verdict = yield* judged
      if (quiet(verdict.faults) || (yield* elapsed) > patience) return verdict
      return yield* Effect.delay(patiently, "1 second")
    })
    const verdict = yield* patiently
    const { left } = yield* Reconcile.untilClean(base)
    const { faults, ...counts } = verdict
    const complaints = Object.entries({ ...faults, "disagreements of the books": left }).filter(
      ([, count]) => count !== 0
    )
    return { ...counts, complaints, seconds: yield* elapsed }
  })
