/** What must hold when all is quiet: nothing lost, nothing doubled, and the three books agree. */
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Reconcile from "../chaos/Reconcile.ts"
import * as Verdict from "../chaos/Verdict.ts"
import type { Call } from "./Callers.ts"
import { isAcknowledged } from "./Callers.ts"

const quiet = (faults: Readonly<Record<string, number>>) =>
  Object.values(faults).every((count) => count === 0)

/** Asks again until it holds or two minutes are over; gives the seconds that it took. */
export const hold = (base: string, calls: ReadonlyArray<Call>) =>
  Effect.gen(function*() {
    const since = performance.now()
    const acknowledged = calls.filter(isAcknowledged).map(({ orderId, status }) => ({ orderId, status }))
    const judged = Verdict.judge(new URL(base), acknowledged)
    const patiently: typeof judged = Effect.flatMap(judged, (verdict) =>
      quiet(verdict.faults) || performance.now() - since > 120_000
        ? Effect.succeed(verdict)
        : Effect.delay(patiently, "1 second"))
    const verdict = yield* patiently
    assert.deepStrictEqual(
      Object.entries(verdict.faults).filter(([, count]) =>
        count > 0
      ),
      []
    )
    const { left, seconds } = yield* Reconcile.untilClean(new URL(base))
    assert.strictEqual(left, 0)
    assert.isNotNull(seconds)
    return { ...verdict, seconds: (performance.now() - since) / 1000 }
  })
