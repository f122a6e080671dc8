/** Processes that come, go, die and hang while orders come in. */
import * as Monotonic from "@saucier/eventsourcing/Monotonic"
import * as Effect from "effect/Effect"
import * as Ask from "./Ask.ts"
import * as Books from "./Books.ts"
import * as Callers from "./Callers.ts"
import * as Claim from "./Claim.ts"
import { type Cluster, services } from "./Cluster.ts"
import * as Finding from "./Finding.ts"
import * as Metrics from "./Metrics.ts"
import * as Poll from "./Poll.ts"
import * as Provider from "./Provider.ts"
import * as Stopwatch from "./Stopwatch.ts"

const { atLeast, atMost, below, equal, noted } = Finding

const failed = (calls: ReadonlyArray<Callers.Call>) =>
  calls.filter((call) => !Callers.isAcknowledged(call)).length

/** Each kind of answer with how often it came. */
const answersOf = (calls: ReadonlyArray<Callers.Call>) =>
  Object.entries(Callers.summary(calls).answers).map(([answer, count]) => `${count} × ${answer}`).join(", ")

const chart = (calls: ReadonlyArray<Callers.Call>): Finding.Chart => {
  const start = Math.min(...calls.map(({ at }) => at))
  return {
    unit: "ms",
    series: [{
      measure: "acknowledged",
      points: calls.map(({ at, millis }) => [(at - start) / 1000, millis] as const).sort(([a], [b]) => a - b)
    }]
  }
}

const shardsOf = ({ processes }: Cluster, service: string) =>
  Effect.map(processes(service), (found) => found.map(({ shards }) => shards ?? 0))

/** None has nothing or more than twice its share, and all shards are somewhere. */
const isEven = (shards: ReadonlyArray<number>) =>
  shards.reduce((sum, count) => sum + count, 0) === 64 &&
  shards.every((count) => count > 0 && count <= (2 * 64) / shards.length)

export const grows = Claim.make<Cluster>("9.2", (cluster) =>
  Effect.gen(function*() {
    const { base, control } = cluster
    yield* Provider.behave(base, "healthy")
    const load = yield* Callers.load(base, 8)
    const path = { service: "payment" }
    const [shards, seconds] = yield* Stopwatch.timed(
      Effect.zipRight(
        Effect.orDie(control.scale({ path, payload: { processes: 3 } })),
        Poll.until(Effect.orDie(shardsOf(cluster, "payment")), (shards) =>
          shards.length === 3 && isEven(shards))
      )
    )
    yield* Effect.orDie(control.scale({ path, payload: { processes: 1 } }))
    yield* load.stop
    const settled = yield* Books.settle(base, load.calls)
    return {
      checks: [
        noted("shards of the three", shards.join(" ")),
        atMost("started, ready and even after", seconds, 15, "s"),
        noted("answers", answersOf(load.calls)),
        equal("failed requests", failed(load.calls), 0),
        equal("complaints of the books", settled.complaints.length, 0)
      ],
      chart: chart(load.calls)
    }
  }), { quick: false, pace: "alone" })

export const hangs = Claim.make<Cluster>("10.1", ({ base, control, processes }) =>
  Effect.gen(function*() {
    const [before] = yield* Effect.orDie(processes("payment"))
    const path = { service: "payment", index: before?.index ?? 1 }
    yield* Effect.orDie(control.pause({ path, payload: { unwatched: false } }))
    const [[after], seconds] = yield* Stopwatch.timed(
      Poll.until(
        Effect.orDie(processes("payment")),
        ([found]) => found?.state === "ready" && found.pid !== before?.pid
      )
    )
    const made = yield* Callers.many(base, 5, 1)
    return {
      checks: [
        equal("restarts", (after?.restarts ?? 0) - (before?.restarts ?? 0), 1),
        noted("replaced after", seconds, "s"),
        atLeast("orders taken then", made.filter(Callers.isAcknowledged).length, 5)
      ]
    }
  }))

export const dies = Claim.make<Cluster>("10.2", ({ base, control, processes }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "healthy")
    for (const service of ["order", "payment"]) {
      yield* Effect.orDie(control.scale({ path: { service }, payload: { processes: 2 } }))
    }
    const load = yield* Callers.load(base, 8, true)
    yield* Effect.sleep("2 seconds")
    const since = yield* Monotonic.millis
    for (const service of ["order", "payment"]) {
      const [victim] = yield* Effect.orDie(processes(service))
      yield* Effect.orDie(control.kill({ path: { service, index: victim?.index ?? 1 } }))
    }
    yield* Effect.sleep("2 seconds")
    // Each caller insists until he is told, also of an order whose runner died.
    yield* load.stop
    const under = load.calls.filter(({ at, millis }) => at <= since && at + millis >= since)
    const settled = yield* Books.settle(base, load.calls)
    for (const service of ["order", "payment"]) {
      yield* Effect.orDie(control.scale({ path: { service }, payload: { processes: 1 } }))
    }
    return {
      checks: [
        noted("kill -9", 2),
        atLeast("orders under way then", under.length, 1),
        atMost(
          "slowest of all answers",
          Math.max(...load.calls.map(({ millis }) => millis)) / 1000,
          15,
          "s"
        ),
        noted("orders", settled.orders),
        equal("complaints of the books", settled.complaints.length, 0)
      ],
      chart: chart(load.calls)
    }
  }))

export const control = Claim.make<Cluster>(
  "12.1",
  ({ base, control, processes, ready }) =>
    Effect.gen(function*() {
      yield* Provider.behave(base, "seed")
      const load = yield* Callers.load(base, 30)
      yield* Effect.sleep("2 seconds")
      const [gateway] = yield* Effect.orDie(processes("gateway"))
      yield* Effect.orDie(control.kill({ path: { service: "gateway", index: gateway?.index ?? 1 } }))
      yield* Effect.orDie(ready("gateway"))
      yield* load.stop
      return {
        checks: [noted("requests", load.calls.length), atLeast("failed requests", failed(load.calls), 1)]
      }
    })
)

const replacing = (seconds: number) => ({ base, control }: Cluster) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "seed")
    const load = yield* Callers.load(base, 30)
    const elapsed = yield* Stopwatch.start
    let replaced = 0
    while ((yield* elapsed) < seconds) {
      for (const service of services) {
        yield* Effect.orDie(control.restart({ path: { service } }))
        replaced++
      }
    }
    const took = yield* elapsed
    yield* load.stop
    const { availability, latency } = Callers.summary(load.calls)
    const settled = yield* Books.settle(base, load.calls)
    return {
      checks: [
        noted("seconds of it", took, "s"),
        noted("replaced services", replaced),
        noted("answers", answersOf(load.calls)),
        equal("availability", availability * 100, 100),
        below("p99", latency.p99, 3000, "ms"),
        equal("complaints of the books", settled.complaints.length, 0)
      ],
      chart: chart(load.calls)
    }
  })

export const replaced = Claim.make<Cluster>("12.2", replacing(120), { quick: false, pace: "alone" })

export const breakerWasOn = Claim.make<Cluster>("B5", ({ base }) =>
  Effect.gen(function*() {
    yield* Provider.behave(base, "brownout")
    const load = yield* Callers.load(base, 10)
    const [, seconds] = yield* Stopwatch.timed(
      Poll.until(Ask.ask(`${base}/orders`, { body: Callers.goods }), ({ status }) => status === 503, 50)
    )
    yield* load.stop
    const metrics = yield* Metrics.read(base)
    yield* Provider.behave(base, "healthy")
    return {
      checks: [
        noted("opened after", seconds, "s"),
        noted("breaker states counted", metrics.sum("circuit_breaker_state")),
        atLeast("refused at once", load.calls.filter(({ status }) => status === 503).length, 1)
      ]
    }
  }))
