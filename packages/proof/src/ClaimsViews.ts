/** What people see: the dashboard made anew, deliveries that know their goods, and one trace of an order. */
import * as Effect from "effect/Effect"
import * as Ask from "./Ask.ts"
import * as Books from "./Books.ts"
import * as Callers from "./Callers.ts"
import * as Claim from "./Claim.ts"
import * as Finding from "./Finding.ts"
import * as Poll from "./Poll.ts"
import * as Provider from "./Provider.ts"
import * as Rows from "./Rows.ts"
import type { Single } from "./Single.ts"
import * as SystemEvidence from "./SystemEvidence.ts"
import * as Traces from "./Traces.ts"

const { atLeast, equal, noted } = Finding

export const rebuilt = Claim.make<Single>("3.4", ({ base }) =>
  Effect.gen(function*() {
    yield* Books.settle(base, [])
    const before = yield* Rows.atRest(base)
    yield* Ask.ask(`${base}/ops/dashboard/rebuild`, { method: "POST" })
    const meanwhile: Array<number> = []
    const progress = yield* Poll.until(
      Effect.zipRight(
        Effect.map(Ask.ask(`${base}/orderDashboards`), ({ status }) => meanwhile.push(status)),
        Ask.ask(`${base}/ops/dashboard/rebuild`)
      ),
      ({ text }) => !text.includes(`"status":"running"`),
      20
    )
    const after = yield* Rows.all(base)
    return {
      checks: [
        equal("rebuild", /"status":"(\w+)"/.exec(progress.text)?.[1] ?? "-", "done"),
        noted("rows", before.length),
        equal("rows that differ", before.length - Rows.alike(before, after), 0),
        atLeast("asked meanwhile", meanwhile.length, 1),
        equal("answered 200", meanwhile.filter((status) => status === 200).length, meanwhile.length)
      ]
    }
  }))

export const carries = Claim.make<Single>("B8", ({ base }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "healthy")
    const body = { branchId: "report-b8", sauceId: "7", qty: 3, price: 4500 }
    const made = yield* Callers.many(base, 1, 1, body)
    const id = made.find(Callers.isAcknowledged)?.orderId ?? ""
    const { text } = yield* Poll.until(
      Ask.ask(`${base}/deliveries/dlv_${id.slice(4)}`),
      ({ status }) => status === 200
    )
    const told = (name: string) => new RegExp(`"${name}":"?([\\w-]+)`).exec(text)?.[1] ?? "-"
    return {
      checks: [
        equal("branch", told("branchId"), "report-b8"),
        equal("sauce", told("sauceId"), "7"),
        equal("quantity", told("qty"), "3")
      ]
    }
  }))

export const traced = Claim.make<Single>("C3", ({ base }) =>
  Effect.gen(function*() {
    const order = yield* Ask.ask(`${base}/orders`, { body: Callers.goods })
    const id = Callers.idOf(order.text)
    const traceId = order.header("x-request-id")
    yield* Poll.until(
      Ask.ask(`${base}/orders/${id}`),
      ({ text }) => text.includes(`"status":"Preparing"`)
    )
    const trace = yield* Traces.whole(base, traceId, "POST /orders", "Delivery")
    const roots = Traces.roots(trace)
    const { deliveries, orders, payments } = yield* SystemEvidence.gather(base)
    const ours = [...orders, ...payments, ...deliveries].filter(({ streamId }) =>
      streamId.endsWith(id.slice(4))
    )
    return {
      checks: [
        noted("spans", trace.spans.length),
        equal("roots", roots.length, 1),
        atLeast("events of the order", ours.length, 5),
        equal(
          "events with another correlation id",
          ours.filter(({ correlationId }) => correlationId !== traceId).length,
          0
        )
      ],
      trace
    }
  }))
