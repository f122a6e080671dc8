/** What a whole run leaves behind, judged by every check; and the checks themselves, by faults that are planted. */
import { violations } from "@saucier/simulation/Checks"
import { accounts } from "@saucier/simulation/Evidence"
import * as Effect from "effect/Effect"
import * as Books from "./Books.ts"
import * as Claim from "./Claim.ts"
import * as Customers from "./Customers.ts"
import * as Finding from "./Finding.ts"
import { plants } from "./Plants.ts"
import * as Poll from "./Poll.ts"
import * as Provider from "./Provider.ts"
import * as Reconcile from "./Reconcile.ts"
import type { Single } from "./Single.ts"
import * as Stopwatch from "./Stopwatch.ts"
import * as SystemEvidence from "./SystemEvidence.ts"

const { atLeast, equal, noted } = Finding

const deaths = 3

export const noGhosts = Claim.make<Single>(
  "B1",
  ({ base, killAndRestart, remember }) =>
    Effect.gen(function*() {
      yield* Provider.behave(base, "healthy")
      const customers = yield* Customers.start(base, 8)
      const [, seconds] = yield* Stopwatch.timed(
        Effect.repeatN(Effect.delay(killAndRestart, "1500 millis"), deaths - 1)
      )
      yield* customers.stop
      remember(customers.operations())
      const settled = yield* Books.settle(base, customers.told)
      const all = Array.from(accounts(yield* SystemEvidence.gather(base)).values())
      return {
        checks: [
          noted("kill -9", deaths),
          noted("seconds of it", seconds, "s"),
          noted("orders", settled.orders),
          equal(
            "charged or delivered without an order",
            all.filter(({ order }) => order.length === 0).length,
            0
          ),
          equal("complaints of the books", settled.complaints.length, 0)
        ]
      }
    })
)

/** What still moves would look like a fault. */
const atRest = ({ base, history }: Single) =>
  Poll.until(
    SystemEvidence.follow(base),
    (books) => violations({ ...books, history: history(), readings: [] }).length === 0,
    500
  ).pipe(
    Effect.timeout("60 seconds"),
    Effect.ignore,
    Effect.zipRight(Effect.suspend(() => SystemEvidence.gather(base, history())))
  )

export const promises = Claim.make<Single>("P", (system) =>
  Effect.gen(function*() {
    const evidence = yield* atRest(system)
    const disagreements = yield* Reconcile.run(system.base)
    return {
      checks: [
        atLeast("calls of clients", evidence.history.length, 100),
        noted(
          "… without an answer",
          evidence.history.filter(({ outcome }) => outcome._tag === "Unknown").length
        ),
        noted("orders", accounts(evidence).size),
        noted(
          "events",
          evidence.orders.length + evidence.payments.length + evidence.deliveries.length
        ),
        noted("lines of the bank's ledger", evidence.ledger.length),
        equal("violations", violations(evidence).length, 0),
        equal("disagreements of the books", disagreements, 0)
      ]
    }
  }))

export const control = Claim.make<Single>("K", (system) =>
  Effect.map(atRest(system), (evidence) => {
    const plain = violations(evidence).length
    return {
      checks: [
        equal("violations", plain, 0),
        ...plants.map(([name, plant]) => {
          const found = violations(plant(evidence)).length > plain
          return equal(name, found ? "found" : "missed", "found")
        })
      ]
    }
  }))
