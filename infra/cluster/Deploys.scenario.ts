/** Acceptance 9, 10 and 12: runners that come, go, die and hang while orders come in. */
import { assert, describe, it } from "@effect/vitest"
import * as Callers from "@saucier/proof/Callers"
import * as Effect from "effect/Effect"
import * as Books from "./Books.ts"
import * as Figures from "./Figures.ts"
import * as World from "./World.ts"

const seconds = (since: number) => (performance.now() - since) / 1000

const spread = (world: World.World, service: string) =>
  Effect.map(world.processes(service), (processes) => processes.map(({ shards }) => shards ?? 0))

/** No runner has more than twice its share, none has nothing, and all shards are somewhere. */
const isEven = (shards: ReadonlyArray<number>) => {
  const all = shards.reduce((sum, count) => sum + count, 0)
  return all === 64 && shards.every((count) => count > 0 && count <= (2 * 64) / shards.length)
}

/** The slowest call of those under way from `since` on. */
const worst = (load: Callers.Load, since: number) =>
  Math.max(0, ...load.calls.filter(({ at, millis }) => at + millis >= since).map(({ millis }) => millis))

/** Calls that were not acknowledged, by what they got. */
const refusals = (calls: ReadonlyArray<Callers.Call>) =>
  Callers.summary(calls.filter((call) => !Callers.isAcknowledged(call))).answers

const duration = 120

describe("runners under load", () => {
  it.scopedLive("9.2 scaled from one to three and back share the shards, and no request fails", () =>
    Effect.gen(function*() {
      const world = yield* World.start({ settings: { SAUCIER_PROVIDER_PRESET: "healthy" } })
      const load = yield* Callers.load(world.base, 8)
      yield* Effect.sleep("3 seconds")
      for (const service of ["order", "payment", "delivery"]) {
        const since = performance.now()
        yield* world.control.scale({ path: { service }, payload: { processes: 3 } })
        yield* World.until(spread(world, service), isEven)
        yield* Figures.note(`9.2-scale-out-${service}`, {
          "until shards are even s": seconds(since),
          shards: yield* spread(world, service),
          "worst call ms": worst(load, since)
        })
      }
      for (const service of ["order", "payment", "delivery"]) {
        const since = performance.now()
        yield* world.control.scale({ path: { service }, payload: { processes: 1 } })
        yield* World.until(spread(world, service), (shards) => shards.length === 1 && shards[0] === 64)
        yield* Figures.note(`9.2-scale-in-${service}`, {
          "until one has all s": seconds(since),
          "worst call ms": worst(load, since)
        })
      }
      yield* load.stop
      assert.deepStrictEqual(refusals(load.calls), {})
      yield* Books.hold(world.base, load.calls)
    }))

  it.scopedLive("10.2 one that dies by kill -9 in the middle of its orders leaves none behind", () =>
    Effect.gen(function*() {
      const world = yield* World.start({
        counts: { order: 2, payment: 2, delivery: 2 },
        settings: { SAUCIER_PROVIDER_PRESET: "healthy" }
      })
      const load = yield* Callers.load(world.base, 8, true)
      for (const service of ["order", "payment", "delivery", "dashboard"]) {
        yield* Effect.sleep("3 seconds")
        const since = performance.now()
        const [victim] = yield* world.processes(service)
        yield* world.control.kill({ path: { service, index: victim?.index ?? 1 } })
        yield* World.until(
          world.processes(service),
          (processes) =>
            processes.some(({ pid }) => pid !== null && pid !== victim?.pid) &&
            processes.every(({ state }) => state === "ready")
        )
        yield* Effect.sleep("2 seconds")
        yield* Figures.note(`10.2-kill-${service}`, {
          "until replaced and ready s": seconds(since),
          "worst call ms": worst(load, since)
        })
      }
      yield* load.stop
      const { seconds: healed } = yield* Books.hold(world.base, load.calls)
      yield* Figures.note("10.2-books", { "orders": load.calls.length, "until the books agree s": healed })
    }))

  it.scopedLive("10.1 one that hangs is killed and replaced; one without shards is not ready", () =>
    Effect.gen(function*() {
      const world = yield* World.start()
      const [before] = yield* world.processes("payment")
      yield* world.control.pause({
        path: { service: "payment", index: before?.index ?? 1 },
        payload: { unwatched: false }
      })
      const since = performance.now()
      const [after] = yield* World.until(
        world.processes("payment"),
        ([found]) => found?.state === "ready" && found.pid !== before?.pid
      )
      assert.strictEqual(after?.restarts, 1)
      yield* Figures.note("10.1-hung", { "until replaced s": seconds(since) })
      yield* Books.hold(world.base, yield* Callers.many(world.base, 10, 2))
    }))

  it.scopedLive("12.1 without a ready successor and a drain, requests fail: the next scenario could", () =>
    Effect.gen(function*() {
      const world = yield* World.start({ settings: { SAUCIER_PROVIDER_PRESET: "seed" } })
      const load = yield* Callers.load(world.base, 30)
      yield* Effect.sleep("3 seconds")
      const [gateway] = yield* world.processes("gateway")
      yield* world.control.kill({ path: { service: "gateway", index: gateway?.index ?? 1 } })
      yield* world.ready("gateway")
      yield* load.stop
      assert.isNotEmpty(refusals(load.calls))
    }))

  it.scopedLive("12.2 replaced one after the other under thirty callers, all services of them, fail no request", () =>
    Effect.gen(function*() {
      const world = yield* World.start({ settings: { SAUCIER_PROVIDER_PRESET: "seed" } })
      const load = yield* Callers.load(world.base, 30)
      const since = performance.now()
      const replaced: Record<string, number> = {}
      while (seconds(since) < duration) {
        for (const service of World.services) {
          yield* Effect.sleep("2 seconds")
          const began = performance.now()
          yield* world.control.restart({ path: { service } })
          replaced[service] = (replaced[service] ?? 0) + 1
          yield* Figures.note(`12.2-replace-${service}`, {
            "worst call ms": worst(load, began),
            "took s": seconds(began)
          })
        }
      }
      yield* load.stop
      const { availability, latency, ...rest } = Callers.summary(load.calls)
      yield* Figures.note("12.2-rolling", {
        seconds: seconds(since),
        "availability %": availability * 100,
        "p50 ms": latency.p50,
        "p99 ms": latency.p99,
        "max ms": latency.max,
        replaced,
        ...rest
      })
      assert.deepStrictEqual(refusals(load.calls), {})
      yield* Books.hold(world.base, load.calls)
    }))
})
