/** The circuit breaker before a bank that is well, slow and gone. */
import * as Effect from "effect/Effect"
import * as Ask from "./Ask.ts"
import * as Callers from "./Callers.ts"
import * as Claim from "./Claim.ts"
import * as Finding from "./Finding.ts"
import * as Metrics from "./Metrics.ts"
import * as Poll from "./Poll.ts"
import * as Provider from "./Provider.ts"
import * as Rows from "./Rows.ts"
import type { Single } from "./Single.ts"
import * as Stats from "./Stats.ts"
import * as Stopwatch from "./Stopwatch.ts"
import * as Traces from "./Traces.ts"

const { atLeast, atMost, below, equal, noted } = Finding

const state = `circuit_breaker_state`
const transitions = "circuit_breaker_transitions_total"
const calls = "circuit_breaker_calls_seconds_count"

const isIn = (base: string, name: "Open" | "Closed") =>
  Effect.map(Metrics.read(base), ({ sum }) => sum(state, `state="${name}"`) === 1)

/** A bank that is gone, and orders until the breaker has seen enough of that. */
const open = (base: string) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "down")
    const load = yield* Callers.load(base, 5)
    yield* Poll.until(isIn(base, "Open"), (is) => is, 50)
    yield* load.stop
  })

const chart = (load: ReadonlyArray<Callers.Call>): Finding.Chart => {
  const start = Math.min(...load.map(({ at }) => at))
  const points = (wanted: (call: Callers.Call) => boolean) =>
    load.filter(wanted).map(({ at, millis }) => [(at - start) / 1000, millis] as const)
      .sort(([a], [b]) => a - b)
  return {
    unit: "ms",
    limit: 680,
    series: [
      { measure: "acknowledged", points: points(Callers.isAcknowledged) },
      { measure: "refused", points: points((call) => !Callers.isAcknowledged(call)) }
    ]
  }
}

export const neverOpens = Claim.make<Single>("5.1", ({ base }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "seed")
    const before = yield* Metrics.read(base)
    const made = yield* Callers.many(base, 300, 10)
    const after = yield* Metrics.read(base)
    return {
      checks: [
        noted("orders", made.length),
        equal("answered 201", made.filter(({ status }) => status === 201).length, 300),
        noted("calls over 680 ms", made.filter(({ millis }) => millis > 680).length),
        equal("breaker transitions", after.sum(transitions) - before.sum(transitions), 0)
      ],
      chart: chart(made)
    }
  }), { pace: "alone" })

const probes = 20

export const opens = Claim.make<Single>("5.2", ({ base }) =>
  Effect.gen(function*() {
    // A breaker that has seen nothing: it looks ten seconds back.
    yield* Effect.sleep("11 seconds")
    yield* Provider.behave(base, "brownout")
    const load = yield* Callers.load(base, 10)
    const [, untilOpen] = yield* Stopwatch.timed(Poll.until(isIn(base, "Open"), (is) => is, 50))
    // Calls that were under way when it opened are counted as they end.
    yield* load.stop
    const before = yield* Metrics.read(base)
    const refused: Array<Callers.Call> = []
    while (refused.length < probes && (yield* isIn(base, "Open"))) {
      const call = yield* Callers.fresh(base)
      // It may have begun to try the bank again in between.
      if (yield* isIn(base, "Open")) refused.push(call)
    }
    const answers = refused.map(({ millis }) => millis)
    const after = yield* Metrics.read(base)
    // A bank that is still slow would be tried in vain, and left alone for twice as long.
    yield* Provider.behave(base, "healthy")
    const light = yield* Callers.load(base, 2)
    const healing = yield* Stopwatch.start
    yield* Poll.until(Metrics.read(base), ({ sum }) =>
      sum(transitions, `to="HalfOpen"`) > before.sum(transitions, `to="HalfOpen"`))
    const untilTried = yield* healing
    yield* Poll.until(isIn(base, "Closed"), (closed) =>
      closed)
    const untilClosed = yield* healing
    yield* light.stop
    return {
      checks: [
        atMost("opened after", untilOpen, 5, "s"),
        equal("status while open", Array.from(new Set(refused.map(({ status }) => status))).join(" "), "503"),
        below("nine in ten answers while open", Stats.quantile(0.9, answers), 50, "ms"),
        noted("slowest answer while open", Stats.quantile(1, answers), "ms"),
        equal("calls to the bank while open", after.sum(calls) - before.sum(calls), 0),
        noted("tried again after", untilTried, "s"),
        noted("closed after healing", untilClosed, "s")
      ],
      chart: chart([...load.calls, ...light.calls])
    }
  }), { pace: "alone" })

/** Leaves the breaker open, and the bank gone. */
export const restGoesOn = Claim.make<Single>("5.3", ({ base }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "healthy")
    const made = yield* Callers.many(base, 2, 2)
    const [first = "", second = ""] = made.filter(Callers.isAcknowledged).map(({ orderId }) => orderId)
    yield* Effect.forEach([first, second], (id) =>
      Poll.until(Ask.ask(`${base}/orders/${id}`), ({ text }) => text.includes(`"status":"Preparing"`)))
    yield* open(base)
    const delivery = `${base}/deliveries/dlv_${first.slice(4)}`
    const dispatched = yield* Ask.ask(delivery, { method: "PATCH", body: { status: "Dispatched" } })
    const cancelled = yield* Ask.ask(`${base}/orders/${second}/cancel`, { body: { reason: "report" } })
    const rows = yield* Ask.ask(`${base}/orderDashboards`)
    const still = yield* isIn(base, "Open")
    return {
      checks: [
        equal("breaker", still ? "Open" : "-", "Open"),
        equal("dispatch", dispatched.status, 200),
        equal("cancellation", cancelled.status, 202),
        equal("dashboard", rows.status, 200)
      ]
    }
  }))

export const shows = Claim.make<Single>("5.4", ({ base }) =>
  Effect.gen(function*() {
    yield* open(base)
    const paid = (yield* Rows.all(base)).find(({ paymentStatus }) => paymentStatus === "Captured")
    const story = yield* Ask.ask(`${base}/orders/${paid?.orderId}/story`)
    const refused = yield* Ask.ask(`${base}/orders`, { body: Callers.goods })
    const trace = yield* Traces.whole(base, refused.header("x-request-id"), "POST /orders")
    yield* Provider.behave(base, "healthy")
    const metrics = yield* Metrics.read(base)
    const told = trace.spans.filter(({ events }) =>
      events.some(({ name }) => name.startsWith("circuit_breaker."))
    )
    return {
      checks: [
        equal("breaker in the order's story", /"breaker":"(\w+)"/.exec(story.text)?.[1] ?? "-", "admitted"),
        atLeast("breaker transitions", metrics.sum(transitions), 1),
        equal("breaker states counted", metrics.sum(state), 1),
        atLeast("spans that tell of the breaker", told.length, 1)
      ],
      trace
    }
  }))
