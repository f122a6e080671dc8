/** Events that come again, in another order, or damaged; and a consumer that nobody has foreseen. */
import * as SqlClient from "@effect/sql/SqlClient"
import { follows } from "@saucier/assembly/Subscriptions"
import { subjectOf } from "@saucier/simulation/Evidence"
import * as Effect from "effect/Effect"
import * as Ask from "./Ask.ts"
import * as Callers from "./Callers.ts"
import * as Claim from "./Claim.ts"
import * as EventLog from "./EventLog.ts"
import * as Finding from "./Finding.ts"
import * as Metrics from "./Metrics.ts"
import * as Poll from "./Poll.ts"
import * as Rows from "./Rows.ts"
import type { Single } from "./Single.ts"
import * as StoreEdit from "./StoreEdit.ts"
import * as SystemEvidence from "./SystemEvidence.ts"

const { atLeast, equal, noted } = Finding

const orders = 20
const subscriptions = Object.keys(follows).length

/** How many events its subscriptions have seen since it started, once they have no more to see. */
const caughtUp = (base: string) =>
  Effect.map(
    Poll.until(Metrics.read(base), ({ count, sum }) =>
      count("saucier_subscription_lag_seconds") === subscriptions &&
      sum("saucier_subscription_lag_seconds") === 0),
    ({ sum }) => (...labels: ReadonlyArray<string>) =>
      sum("saucier_subscription_events_total", ...labels)
  )

/** The same of a process that has just had more to see: what it shows of that is up to a second old. */
const caughtUpAnew = (base: string) => Effect.delay(caughtUp(base), "2 seconds")

/** Orders of every kind: delivered, dispatched, cancelled, and such that only wait. */
const live = (base: string) =>
  Effect.gen(function*() {
    const made = yield* Callers.many(base, orders, 5)
    const ids = made.filter(Callers.isAcknowledged).map(({ orderId }) => orderId)
    const deliver = (id: string, status: string) =>
      Poll.until(
        Ask.ask(`${base}/deliveries/dlv_${subjectOf(id)}`, { method: "PATCH", body: { status } }),
        (answer) => answer.status === 200
      )
    for (const [n, id] of ids.entries()) {
      if (n % 4 === 0) yield* Ask.ask(`${base}/orders/${id}/cancel`, { body: { reason: "report" } })
      if (n % 4 === 1) yield* deliver(id, "Dispatched")
      if (n % 8 === 1) yield* deliver(id, "Delivered")
    }
    yield* caughtUpAnew(base)
  })

/** All that is recorded, as text, and all that is shown. */
const state = (base: string) =>
  Effect.gen(function*() {
    const { deliveries, ledger, orders, payments } = yield* SystemEvidence.gather(base)
    return {
      recorded: [...orders, ...payments, ...deliveries, ...ledger].map((one) => JSON.stringify(one)),
      rows: yield* Rows.all(base)
    }
  })
type State = Effect.Effect.Success<ReturnType<typeof state>>

/** What is there now and was not before, and the other way round. */
const changed = (before: State, after: State) => {
  const known = new Set(before.recorded)
  const kept = after.recorded.filter((one) => known.has(one)).length
  return before.recorded.length - kept + after.recorded.length - kept
}

const differing = (before: State, after: State) =>
  Math.max(before.rows.length, after.rows.length) - Rows.alike(before.rows, after.rows)

const redeliveries = 2

export const thrice = Claim.make<Single>("2.3", (system) =>
  Effect.gen(function*() {
    const { base, between } = system
    yield* live(base)
    const before = yield* state(base)
    let again = 0
    for (let n = 0; n < redeliveries; n++) {
      yield* between(
        Effect.forEach(StoreEdit.stores, (store) => StoreEdit.edit(system, store, StoreEdit.forgetAll))
      )
      again += (yield* caughtUp(base))()
    }
    const after = yield* state(base)
    return {
      checks: [
        noted("orders", before.rows.length),
        noted("events", before.recorded.length),
        atLeast("events delivered again", again, before.recorded.length * redeliveries),
        equal("facts that differ", changed(before, after), 0),
        equal("rows that differ", differing(before, after), 0)
      ]
    }
  }))

export const onceDelivered = Claim.make<Single>("B4", (system) =>
  Effect.gen(function*() {
    const { base, between } = system
    const paid = (yield* EventLog.read(base, "payment")).filter(({ type }) => type === "PaymentCaptured")
    const prepared = Effect.map(
      EventLog.read(base, "delivery"),
      (events) => events.filter(({ type }) => type === "DeliveryPrepared").map(({ streamId }) => streamId)
    )
    const before = yield* prepared
    yield* between(
      StoreEdit.edit(system, "delivery", StoreEdit.forget("delivery.prepare", "delivery.cancel"))
    )
    const seen = yield* caughtUp(base)
    const after = yield* prepared
    return {
      checks: [
        noted("captures", paid.length),
        atLeast("events delivered again", seen(`subscription="delivery.prepare"`), paid.length),
        equal("deliveries", after.length, before.length),
        equal("of different orders", new Set(after).size, before.length)
      ]
    }
  }))

const feeds = ["order", "payment", "delivery"] as const
type Feed = (typeof feeds)[number]

/** The rows are gone; a feed that is not told of stays at its end. */
const emptied = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) => Effect.all([sql`DELETE FROM dashboard_rows`, sql`DELETE FROM dashboard_counts`], { discard: true })
)

/** The dashboard forgets its rows and is told of the feeds step by step, the feeds of one step side by side. */
const retold = (system: Single, steps: ReadonlyArray<ReadonlyArray<Feed>>) =>
  Effect.forEach(steps, (told, step) => {
    const forget = StoreEdit.forget(...told.map((feed) => `dashboard.${feed}`))
    return system.between(
      StoreEdit.edit(system, "dashboard", step === 0 ? Effect.zipRight(emptied, forget) : forget)
    ).pipe(Effect.zipRight(caughtUp(system.base)), Effect.zipRight(state(system.base)))
  })

export const paidFirst = Claim.make<Single>("B3", (system) =>
  Effect.gen(function*() {
    const before = yield* state(system.base)
    const [early, whole] = yield* retold(system, [["payment", "delivery"], ["order"]])
    const unknown = early?.rows.filter(({ orderStatus }) => orderStatus === null) ?? []
    const paid = unknown.filter(({ paymentStatus }) => paymentStatus === "Captured")
    return {
      checks: [
        equal("rows before their orders were told of", unknown.length, before.rows.length),
        atLeast("… that said Captured", paid.length, 1),
        equal("rows that differ", whole === undefined ? -1 : differing(before, whole), 0)
      ]
    }
  }))

const few: ReadonlyArray<ReadonlyArray<ReadonlyArray<Feed>>> = [
  [["delivery"], ["payment"], ["order"]],
  [["order", "delivery"], ["payment"]]
]
const all = feeds.flatMap((first) =>
  feeds.filter((feed) => feed !== first).map((second) =>
    [first, second, ...feeds.filter((feed) => feed !== first && feed !== second)].map((feed) => [feed])
  )
)

const interleaved = (tries: typeof few) => (system: Single) =>
  Effect.gen(function*() {
    const before = yield* state(system.base)
    const ends = yield* Effect.forEach(tries, (steps) =>
      Effect.map(retold(system, steps), (seen) => seen.at(-1)))
    return {
      checks: [
        noted("rows", before.rows.length),
        ...tries.map((steps, index) => {
          const end = ends[index]
          return equal(
            "rows that differ",
            end === undefined ? -1 : differing(before, end),
            0,
            steps.map((told) =>
              told.join(" + ")
            ).join(" → ")
          )
        })
      ]
    }
  })

export const anyOrder = Claim.make<Single>("3.1", interleaved(few))
export const everyOrder = Claim.make<Single>("3.1", interleaved(all), { quick: false })

/** It knows the public log and nothing else; as it would live on, it takes up the log where it left it. */
const loyalty = (base: string) => {
  const seen = new Map<string, boolean>()
  return Effect.map(EventLog.follow(base, "order"), (events) => {
    for (const { streamId, type } of events) {
      if (type === "OrderPaid") seen.set(streamId, true)
      if (type === "OrderCancelled") seen.set(streamId, false)
    }
    return Array.from(seen.values()).filter((counts) => counts).length
  })
}

const perOrder = 100

export const unforeseen = Claim.make<Single>("C4", ({ base }) =>
  Effect.gen(function*() {
    const points = loyalty(base)
    const first = yield* points
    yield* Callers.many(base, 5, 5)
    yield* caughtUpAnew(base)
    const second = yield* points
    const rows = yield* Rows.all(base)
    const counting = rows.filter(({ orderStatus, paymentStatus, state }) =>
      paymentStatus === "Captured" && state !== "Cancelled" && orderStatus !== null
    )
    return {
      checks: [
        noted("points of a consumer of its own", first * perOrder),
        noted("orders taken then", 5),
        equal("points of a consumer of its own", second * perOrder, counting.length * perOrder)
      ]
    }
  }))
