/** Services that go and come back, while orders are taken. */
import * as Effect from "effect/Effect"
import * as Ask from "./Ask.ts"
import * as Callers from "./Callers.ts"
import * as Claim from "./Claim.ts"
import type { Cluster } from "./Cluster.ts"
import * as EventLog from "./EventLog.ts"
import * as Finding from "./Finding.ts"
import * as Poll from "./Poll.ts"
import * as Provider from "./Provider.ts"
import * as Stats from "./Stats.ts"
import * as Stopwatch from "./Stopwatch.ts"

const { atMost, equal, noted } = Finding

const backlog = 100

const p95 = (calls: ReadonlyArray<Callers.Call>) => Stats.quantile(0.95, calls.map(({ millis }) => millis))

/** Asked again, it reads on. */
const prepared = (base: string) =>
  Effect.map(
    EventLog.follow(base, "delivery"),
    (events) => events.filter(({ type }) => type === "DeliveryPrepared")
  )

export const away = Claim.make<Cluster>("2.1", ({ base, control }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "seed")
    yield* Callers.many(base, 40, 10)
    const before = yield* Callers.many(base, backlog, 10)
    const paid = (yield* EventLog.read(base, "order")).filter(({ type }) => type === "OrderPaid").length
    yield* Poll.until(prepared(base), ({ length }) => length >= paid)
    yield* Effect.orDie(control.stop({ path: { service: "delivery" } }))
    const made = yield* Callers.many(base, backlog, 10)
    const deliveries = yield* Ask.ask(`${base}/deliveries`)
    return {
      checks: [
        equal("answered 201", made.filter(({ status }) => status === 201).length, backlog),
        noted("p95 with delivery", p95(before), "ms"),
        atMost("p95 without, of that", (p95(made) / p95(before)) * 100, 110, "%"),
        equal("status of deliveries", deliveries.status, 503)
      ],
      chart: {
        unit: "ms",
        series: [
          { measure: "with delivery", points: curve(before) },
          { measure: "without delivery", points: curve(made) }
        ]
      }
    }
  }), { pace: "alone" })

const curve = (calls: ReadonlyArray<Callers.Call>) => {
  const start = Math.min(...calls.map(({ at }) => at))
  return calls.map(({ at, millis }) => [(at - start) / 1000, millis] as const).sort(([a], [b]) => a - b)
}

export const saysPaid = Claim.make<Cluster>("3.2", ({ base }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "healthy")
    const made = yield* Callers.many(base, 1, 1)
    const id = made.find(Callers.isAcknowledged)?.orderId ?? ""
    const [row, seconds] = yield* Stopwatch.timed(
      Poll.until(
        Ask.ask(`${base}/orderDashboards/${id}`),
        ({ text }) => text.includes(`"orderStatus":"Paid"`),
        20
      )
    )
    return {
      checks: [
        equal("order's status in its row", /"orderStatus":"(\w+)"/.exec(row.text)?.[1] ?? "-", "Paid"),
        atMost("after the answer", seconds, 1, "s")
      ]
    }
  }))

export const back = Claim.make<Cluster>("2.2", ({ base, control }) =>
  Effect.gen(function*() {
    const known = (yield* prepared(base).pipe(Effect.orElseSucceed(() => []))).length
    yield* Effect.orDie(control.start({ path: { service: "delivery" } }))
    const paid = (yield* EventLog.read(base, "order")).filter(({ type }) => type === "OrderPaid").length
    const [all, seconds] = yield* Stopwatch.timed(
      Poll.until(Effect.orElseSucceed(prepared(base), () => []), ({ length }) => length >= paid)
    )
    yield* Effect.sleep("1 second")
    const later = yield* prepared(base)
    const goods = later.filter(({ data }) => JSON.stringify(data).includes(`"quantity":10`)).length
    return {
      checks: [
        noted("deliveries known before", known),
        atMost("caught up after", seconds, 15, "s"),
        equal("deliveries", later.length, paid),
        equal("of different orders", new Set(all.map(({ streamId }) => streamId)).size, paid),
        equal("with their quantity", goods, paid)
      ]
    }
  }))

export const scaled = Claim.make<Cluster>("2.4", ({ base, control, ready }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "instant")
    yield* Effect.orDie(control.stop({ path: { service: "delivery" } }))
    yield* Callers.many(base, 200, 16)
    yield* Effect.orDie(control.start({ path: { service: "delivery" } }))
    yield* Effect.orDie(control.scale({ path: { service: "delivery" }, payload: { processes: 3 } }))
    yield* Effect.orDie(ready("delivery"))
    const paid = (yield* EventLog.read(base, "order")).filter(({ type }) => type === "OrderPaid").length
    yield* Poll.until(Effect.orElseSucceed(prepared(base), () => []), ({ length }) => length >= paid)
    yield* Effect.sleep("1 second")
    const later = yield* prepared(base)
    yield* Effect.orDie(control.scale({ path: { service: "delivery" }, payload: { processes: 1 } }))
    return {
      checks: [
        noted("orders", paid),
        equal("deliveries", later.length, paid),
        equal("of different orders", new Set(later.map(({ streamId }) => streamId)).size, paid)
      ]
    }
  }), { quick: false })

export const stillAnswers = Claim.make<Cluster>("3.3", ({ base, control, ready }) =>
  Effect.gen(function*() {
    const stopped = ["order", "payment", "delivery"]
    for (const service of stopped) yield* Effect.orDie(control.stop({ path: { service } }))
    const rows = yield* Ask.ask(`${base}/orderDashboards`)
    const order = yield* Ask.ask(`${base}/orders`, { body: Callers.goods })
    for (const service of stopped) {
      yield* Effect.orDie(control.start({ path: { service } }))
      yield* Effect.orDie(ready(service))
    }
    return {
      checks: [
        equal("status of the dashboard", rows.status, 200),
        noted("rows", rows.text.split(`"orderId"`).length - 1),
        equal("status of an order meanwhile", order.status, 503)
      ]
    }
  }))
