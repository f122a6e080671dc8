/** What a whole run leaves behind, judged by every check; and the checks themselves, by faults that are planted. */
import { violations } from "@saucier/simulation/Checks"
import { accounts, type Evidence } from "@saucier/simulation/Evidence"
import * as Effect from "effect/Effect"
import * as Books from "./Books.ts"
import * as Callers from "./Callers.ts"
import * as Claim from "./Claim.ts"
import * as Finding from "./Finding.ts"
import type { Measure } from "./MeasuresKo.ts"
import * as Poll from "./Poll.ts"
import * as Provider from "./Provider.ts"
import type { Single } from "./Single.ts"
import * as Stopwatch from "./Stopwatch.ts"
import * as SystemEvidence from "./SystemEvidence.ts"

const { equal, noted } = Finding

const deaths = 3

export const noGhosts = Claim.make<Single>("B1", ({ base, killAndRestart }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "healthy")
    const load = yield* Callers.load(base, 8, true)
    const [, seconds] = yield* Stopwatch.timed(
      Effect.repeatN(Effect.delay(killAndRestart, "1500 millis"), deaths - 1)
    )
    yield* load.stop
    const settled = yield* Books.settle(base, load.calls)
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
  }))

/** What still moves would look like a fault. */
const atRest = (base: string) =>
  Poll.until(SystemEvidence.gather(base), (evidence) => violations(evidence).length === 0, 1000).pipe(
    Effect.timeoutTo({
      duration: "60 seconds",
      onSuccess: Effect.succeed,
      onTimeout: () => SystemEvidence.gather(base)
    }),
    Effect.flatten
  )

export const promises = Claim.make<Single>("P", ({ base }) =>
  Effect.map(atRest(base), (evidence) => ({
    checks: [
      noted("orders", accounts(evidence).size),
      noted(
        "events",
        evidence.orders.length + evidence.payments.length + evidence.deliveries.length
      ),
      noted("lines of the bank's ledger", evidence.ledger.length),
      equal("violations", violations(evidence).length, 0)
    ]
  })))

const without = <A extends { readonly type: string }>(list: ReadonlyArray<A>, type: string) => {
  const at = list.findIndex((one) => one.type === type)
  return list.filter((_, index) => index !== at)
}

const twice = <A extends { readonly type: string }>(list: ReadonlyArray<A>, type: string) =>
  list.flatMap((one, index) => index === list.findIndex((other) => other.type === type) ? [one, one] : [one])

/** Each is what one bug would have left. */
const plants: ReadonlyArray<readonly [Measure, (evidence: Evidence) => Evidence]> = [
  ["a charge taken twice", (evidence) => ({
    ...evidence,
    ledger: twice(evidence.ledger, "charge.captured")
  })],
  ["a refund that never came", (evidence) => ({
    ...evidence,
    ledger: without(evidence.ledger, "charge.refunded")
  })],
  ["a refund given twice", (evidence) => ({
    ...evidence,
    ledger: twice(evidence.ledger, "charge.refunded")
  })],
  ["a delivery lost", (evidence) => ({
    ...evidence,
    deliveries: without(evidence.deliveries, "DeliveryPrepared")
  })],
  ["a delivery made twice", (evidence) => ({
    ...evidence,
    deliveries: twice(evidence.deliveries, "DeliveryPrepared")
  })],
  ["a gap in an order's versions", (evidence) => ({
    ...evidence,
    orders: without(evidence.orders, "OrderPaid")
  })],
  ["a charge that the bank does not know", (evidence) => ({
    ...evidence,
    ledger: without(evidence.ledger, "charge.captured")
  })]
]

export const control = Claim.make<Single>("K", ({ base }) =>
  Effect.map(atRest(base), (evidence) => {
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
