/** One order's commands in one line, many orders side by side, and money that always adds up. */
import { versions } from "@saucier/simulation/CheckVersions"
import { accounts, rejected, subjectOf } from "@saucier/simulation/Evidence"
import * as Effect from "effect/Effect"
import * as Ask from "./Ask.ts"
import * as Books from "./Books.ts"
import * as Callers from "./Callers.ts"
import * as Claim from "./Claim.ts"
import * as Finding from "./Finding.ts"
import * as Provider from "./Provider.ts"
import type { Single } from "./Single.ts"
import * as Stats from "./Stats.ts"
import * as Stopwatch from "./Stopwatch.ts"
import * as SystemEvidence from "./SystemEvidence.ts"

const { atMost, below, equal, noted } = Finding

const many = <A, E, R>(effect: Effect.Effect<A, E, R>, count: number) =>
  Effect.all(Array.from({ length: count }, () => effect), { concurrency: "unbounded" })

export const inOneLine = Claim.make<Single>("0.1", ({ base }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "healthy")
    const taps = (yield* many(Callers.insist(base, "fifty"), 25)).flat().filter(Callers.isAcknowledged)
    const ids = Array.from(new Set(taps.map(({ orderId }) => orderId)))
    const cancel = Ask.ask(`${base}/orders/${ids[0]}/cancel`, { body: { reason: "report" } })
    const cancelled = yield* many(cancel, 25)
    const evidence = yield* SystemEvidence.gather(base)
    const account = accounts(evidence).get(subjectOf(ids[0] ?? ""))
    return {
      checks: [
        equal("orders", ids.length, 1),
        equal(
          "cancellations that were taken",
          cancelled.filter(({ status }) => [200, 202].includes(status)).length,
          25
        ),
        equal("captures", account?.captures.length ?? 0, 1),
        noted("events of the order", account?.order.length ?? 0),
        equal("gaps in versions", versions.violations(evidence).length, 0)
      ]
    }
  }))

const rounds = 3

export const sideBySide = Claim.make<Single>("0.2", ({ base }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "slow")
    const seconds = (orders: number) =>
      Effect.map(Stopwatch.timed(Callers.many(base, orders, orders)), ([, seconds]) => seconds)
    // In turn, so that what else the machine does is no reason for either.
    const times = yield* Effect.replicateEffect(Effect.all([seconds(1), seconds(2)]), rounds)
    yield* Provider.behave(base, "healthy")
    const one = Stats.quantile(0.5, times.map(([one]) => one))
    const two = Stats.quantile(0.5, times.map(([, two]) => two))
    return {
      checks: [
        noted("one order", one, "s"),
        noted("two orders at once", two, "s"),
        below("ratio", two / one, 1.5)
      ]
    }
  }))

/** Seconds from each capture of a rejected order to its refund. */
const refundTimes = (base: string) =>
  Effect.map(SystemEvidence.gather(base), (evidence) => {
    const gone = new Set(
      Array.from(accounts(evidence)).filter(([, account]) => rejected(account)).map(([subject]) => subject)
    )
    const ofType = (wanted: string) =>
      new Map(
        evidence.ledger.filter(({ key, type }) => type === wanted && gone.has(subjectOf(key)))
          .map(({ at, key }) => [subjectOf(key), at.epochMillis])
      )
    const back = ofType("charge.refunded")
    return Array.from(
      ofType("charge.captured"),
      ([subject, at]) => ((back.get(subject) ?? Infinity) - at) / 1000
    )
  })

const balance = (count: number, callers: number) => ({ base }: Single) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "seed", 0.01)
    const made = yield* Callers.many(base, count, callers)
    yield* Provider.behave(base, "healthy")
    const settled = yield* Books.settle(base, made)
    const back = yield* refundTimes(base)
    const { latency } = Callers.summary(made)
    return {
      checks: [
        noted("orders", new Set(made.map(({ orderId }) => orderId)).size),
        equal("disagreements of the books", settled.complaints.length, 0),
        noted("outcomes that were unknown for a while", settled.settle.known.count),
        atMost("longest charged and rejected", Math.max(0, ...back), 10, "s"),
        noted("p50", latency.p50, "ms"),
        noted("p99", latency.p99, "ms"),
        noted("until the books agreed", settled.seconds, "s")
      ]
    }
  })

export const balanced = Claim.make<Single>("1.4", balance(100, 20))
export const balancedLong = Claim.make<Single>("1.4", balance(10_000, 16), { quick: false, pace: "alone" })

export const lostReplies = Claim.make<Single>("B2", ({ base }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "lost-reply")
    const made = yield* Callers.many(base, 10, 5)
    yield* Provider.behave(base, "healthy")
    const ids = new Set(made.filter(Callers.isAcknowledged).map(({ orderId }) => orderId))
    const settled = yield* Books.settle(base, made)
    const books = accounts(yield* SystemEvidence.gather(base))
    const ours = Array.from(ids, (id) => books.get(subjectOf(id)))
    const { max } = Stats.of(made.map(({ millis }) => millis))
    return {
      checks: [
        equal("orders", ids.size, 10),
        equal("captures", ours.reduce((sum, account) => sum + (account?.captures.length ?? 0), 0), 10),
        equal(
          "charged, and neither paid nor refunded",
          ours.filter((account) =>
            account !== undefined && account.captures.length > account.refunds.length &&
            !account.order.includes("OrderPaid")
          ).length,
          0
        ),
        noted("slowest answer", max, "ms"),
        noted("until the books agreed", settled.seconds, "s")
      ]
    }
  }))
