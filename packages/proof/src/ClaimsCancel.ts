/** What is cancelled is refunded once, whatever happens at the same time. */
import { accounts, subjectOf } from "@saucier/simulation/Evidence"
import * as Effect from "effect/Effect"
import * as Ask from "./Ask.ts"
import * as Callers from "./Callers.ts"
import * as Claim from "./Claim.ts"
import * as Finding from "./Finding.ts"
import * as Poll from "./Poll.ts"
import * as Provider from "./Provider.ts"
import type { Single } from "./Single.ts"
import * as Stopwatch from "./Stopwatch.ts"
import * as SystemEvidence from "./SystemEvidence.ts"
import * as Traces from "./Traces.ts"

const { atMost, equal, noted } = Finding

const cancel = (base: string, id: string) =>
  Ask.ask(`${base}/orders/${id}/cancel`, { body: { reason: "report" } })

const dispatch = (base: string, id: string) =>
  Ask.ask(`${base}/deliveries/dlv_${subjectOf(id)}`, { method: "PATCH", body: { status: "Dispatched" } })

/** Paid orders whose delivery is being prepared. */
const prepared = (base: string, count: number) =>
  Effect.gen(function*() {
    const calls = yield* Callers.many(base, count, 10)
    const ids = calls.filter(Callers.isAcknowledged).map(({ orderId }) => orderId)
    yield* Effect.forEach(ids, (id) =>
      Poll.until(Ask.ask(`${base}/orders/${id}`), ({ text }) => text.includes(`"status":"Preparing"`)), {
      concurrency: 10
    })
    return ids
  })

const races = 25

export const once = Claim.make<Single>("C1", ({ base }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "healthy")
    const [id = "", ...raced] = yield* prepared(base, races + 1)
    const answer = yield* cancel(base, id)
    const trace = yield* Traces.shown(base, answer.header("x-request-id"), "cancel")
    const again = yield* cancel(base, id)
    yield* Effect.forEach(
      raced,
      (id, index) =>
        Effect.all([cancel(base, id), Effect.delay(dispatch(base, id), `${(index % 5) * 4} millis`)], {
          concurrency: 2
        }),
      { concurrency: 5 }
    )
    const ends = yield* Poll.until(
      Effect.map(SystemEvidence.follow(base), (evidence) => {
        const books = accounts(evidence)
        return raced.map((id) => {
          const account = books.get(subjectOf(id))
          const back = account?.refunds.length === 1 && account.order.includes("OrderCancelled")
          const sent = account?.delivery.includes("DeliveryDispatched") === true
          return { back, sent }
        })
      }),
      (ends) => ends.every(({ back, sent }) => back || sent)
    )
    const account = accounts(yield* SystemEvidence.gather(base)).get(subjectOf(id))
    return {
      checks: [
        equal("status", answer.status, 200),
        equal("status of a repeat", again.status, 200),
        equal("refunds", account?.refunds.length ?? 0, 1),
        equal(
          "cancelled deliveries",
          account?.delivery.filter((type) => type === "DeliveryCancelled").length ?? 0,
          1
        ),
        noted("races", raced.length),
        noted("… cancelled and refunded", ends.filter(({ back }) => back).length),
        noted("… dispatched", ends.filter(({ sent }) => sent).length),
        equal("… both", ends.filter(({ back, sent }) => back && sent).length, 0)
      ],
      ...trace
    }
  }))

export const insisting = Claim.make<Single>("C2", ({ base }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "healthy")
    const [id = ""] = yield* prepared(base, 1)
    yield* Provider.behave(base, "down")
    const answer = yield* cancel(base, id)
    const payment = Ask.ask(`${base}/payments?orderId=${id}`)
    const owed = yield* Poll.until(payment, ({ text }) => /"kind":"refund"/.test(text))
    yield* Provider.behave(base, "healthy")
    const [refunded, seconds] = yield* Stopwatch.timed(
      Poll.until(payment, ({ text }) => text.includes(`"status":"Refunded"`))
    )
    const lines = (yield* Provider.ledger(base)).filter(({ key, type }) =>
      type === "charge.refunded" && subjectOf(key) === subjectOf(id)
    )
    const attempts = refunded.text.split(`"kind":"refund"`).length - 1
    return {
      checks: [
        equal("status", answer.status, 202),
        equal("shown meanwhile", /"status":"(\w+)"/.exec(owed.text)?.[1] ?? "-", "RefundRequested"),
        atMost("healed after", seconds, 60, "s"),
        noted("attempts", attempts),
        equal("refunds", lines.length, 1)
      ]
    }
  }))
