/** One order after the other through the one door: the seed's first section. */
import { accounts, subjectOf } from "@saucier/simulation/Evidence"
import * as Effect from "effect/Effect"
import * as Ask from "./Ask.ts"
import * as Callers from "./Callers.ts"
import * as Claim from "./Claim.ts"
import * as Finding from "./Finding.ts"
import * as Poll from "./Poll.ts"
import * as Provider from "./Provider.ts"
import * as Rows from "./Rows.ts"
import type { Single } from "./Single.ts"
import * as SystemEvidence from "./SystemEvidence.ts"
import * as Traces from "./Traces.ts"

const { atLeast, atMost, equal, noted } = Finding

/** What the logs and the bank say of one order. */
const accountOf = (base: string, orderId: string) =>
  Effect.map(SystemEvidence.gather(base), (evidence) => accounts(evidence).get(subjectOf(orderId)))

const post = (base: string, body: unknown, headers: Record<string, string> = {}) =>
  Ask.ask(`${base}/orders`, { body, headers })

export const paid = Claim.make<Single>("1.1", ({ base }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "healthy")
    const first = yield* post(base, Callers.goods)
    const texts = Object.fromEntries(Object.entries(Callers.goods).map(([key, value]) => [key, `${value}`]))
    const second = yield* post(base, texts)
    const account = yield* accountOf(base, Callers.idOf(first.text))
    return {
      checks: [
        equal("status", first.status, 201),
        equal("status with texts", second.status, 201),
        equal("captures", account?.captures.length ?? 0, 1),
        equal("captured", account?.captures[0]?.amount ?? 0, 10_000)
      ],
      ...yield* Traces.shown(base, first.header("x-request-id"), "POST /orders")
    }
  }))

const branchId = "report-down"
const body = { ...Callers.goods, branchId }
const headers = { "idempotency-key": "report-down" }

export const refused = Claim.make<Single>("1.2", ({ base }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "down")
    const answer = yield* post(base, body, headers)
    const rows = yield* Poll.until(
      Rows.all(base, branchId),
      (rows) => rows.some(({ state }) => state === "Rejected")
    )
    const [row] = rows
    const account = yield* accountOf(base, row?.orderId ?? "")
    return {
      checks: [
        equal("status", answer.status, 503),
        atMost("answer", answer.millis / 1000, 2, "s"),
        equal("content type", answer.header("content-type").split(";")[0] ?? "", "application/problem+json"),
        atLeast("Retry-After", Number(answer.header("retry-after")), 1, "s"),
        equal("live orders", rows.filter(({ state }) => state !== "Rejected").length, 0),
        equal("captures", account?.captures.length ?? 0, 0),
        equal("deliveries", account?.delivery.length ?? 0, 0)
      ],
      ...yield* Traces.shown(base, answer.header("x-request-id"), "POST /orders")
    }
  }))

export const restored = Claim.make<Single>("1.3", ({ base }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "healthy")
    const answer = yield* post(base, body, headers)
    const again = yield* post(base, body, headers)
    const ledger = yield* Provider.ledger(base)
    const ours = new Set((yield* Rows.all(base, branchId)).map(({ orderId }) => subjectOf(orderId)))
    const captures = ledger.filter(({ key, type }) => type === "charge.captured" && ours.has(subjectOf(key)))
    return {
      checks: [
        equal("status", answer.status, 201),
        equal("status of a repeat", again.status, 201),
        equal("captures", captures.length, 1)
      ],
      ...yield* Traces.shown(base, answer.header("x-request-id"), "POST /orders")
    }
  }))

const paths = [
  "/orderDashboards",
  "/deliveries",
  "/openapi.json",
  "/docs",
  "/",
  "/metrics",
  "/livez",
  "/readyz"
]

export const onePort = Claim.make<Single>("4.1", ({ base }) =>
  Effect.gen(function*() {
    const order = yield* post(base, Callers.goods)
    const id = Callers.idOf(order.text)
    const named = [`/orders/${id}`, `/payments?orderId=${id}`, `/deliveries?orderId=${id}`]
    const answers = yield* Effect.forEach([...paths, ...named], (path) => Ask.ask(`${base}${path}`))
    return {
      checks: [
        noted("paths asked", answers.length),
        equal("answered 200", answers.filter(({ status }) => status === 200).length, answers.length)
      ]
    }
  }))

const wrong: ReadonlyArray<unknown> = [
  {},
  { ...Callers.goods, price: -1 },
  { ...Callers.goods, price: 0.5 },
  { ...Callers.goods, qty: 0 },
  { ...Callers.goods, qty: 1.5 },
  { ...Callers.goods, qty: "ten" },
  { ...Callers.goods, branchId: "" },
  { ...Callers.goods, price: 1e300 },
  { ...Callers.goods, status: "Paid" },
  [Callers.goods],
  "{\"branchId\":",
  "null"
]

export const validated = Claim.make<Single>("B10", ({ base }) =>
  Effect.gen(function*() {
    const before = (yield* Rows.all(base)).length
    const answers = yield* Effect.forEach(wrong, (body) => post(base, body))
    const large = yield* post(base, `{"branchId":"${"x".repeat(11_000_000)}"}`)
    const after = (yield* Rows.all(base)).length
    return {
      checks: [
        noted("bad requests", wrong.length),
        equal("answered 400", answers.filter(({ status }) => status === 400).length, wrong.length),
        equal("status of eleven megabytes", large.status, 413),
        equal("orders made of them", after - before, 0)
      ]
    }
  }))

export const misspelt = Claim.make<Single>("C5", ({ base }) =>
  Effect.gen(function*() {
    const { branchId, ...rest } = Callers.goods
    const answer = yield* post(base, { ...rest, brancdId: branchId })
    const hint = /did you mean \\"(\w+)/.exec(answer.text)?.[1] ?? "-"
    return { checks: [equal("status", answer.status, 400), equal("hint", hint, "branchId")] }
  }))
