/** What must hold when all is quiet: nothing lost, nothing doubled, and the three books agree. */
import { charges, refunds } from "@saucier/simulation/CheckMoney"
import * as Effect from "effect/Effect"
import { type Call, isAcknowledged } from "./Callers.ts"
import * as Stopwatch from "./Stopwatch.ts"
import * as SystemEvidence from "./SystemEvidence.ts"
import * as Verdict from "./Verdict.ts"

const patience = 120

const quiet = (faults: Readonly<Record<string, number>>) =>
  Object.values(faults).every((count) => count === 0)

/** Asks again until all is well or two minutes are over; gives what is left to complain of, and the seconds it took. */
export const settle = (base: string, calls: ReadonlyArray<Pick<Call, "status" | "orderId">>) =>
  Effect.gen(function*() {
    const elapsed = yield* Stopwatch.start
    const acknowledged = calls.filter(isAcknowledged)
    const judge = <E, R>(
      books: Effect.Effect<Effect.Effect.Success<ReturnType<typeof SystemEvidence.follow>>, E, R>
    ) =>
      Effect.map(books, (books) => {
        const evidence = { ...books, history: [], readings: [] }
        const { faults, ...counts } = Verdict.of(books, acknowledged)
        const disagreements = charges.violations(evidence).length + refunds.violations(evidence).length
        return {
          counts,
          faults: {
            ...faults,
            "neither paid nor ended": Verdict.undecided(books.orders),
            "voids that wait": Verdict.voiding(books.payments),
            "disagreements of the books": disagreements
          }
        }
      })
    const look = judge(SystemEvidence.follow(base))
    const patiently: typeof look = Effect.gen(function*() {
      const found = yield* look
      if (quiet(found.faults) || (yield* elapsed) > patience) return found
      return yield* Effect.delay(patiently, "250 millis")
    })
    yield* patiently
    const seconds = yield* elapsed
    const { counts, faults } = yield* judge(SystemEvidence.gather(base))
    const complaints = Object.entries(faults).filter(([, count]) => count !== 0)
    return { ...counts, complaints, seconds }
  })
