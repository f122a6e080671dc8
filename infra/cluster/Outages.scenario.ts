/** Acceptance 2 and 3: delivery away and back, other services away, and what goes on meanwhile. */
import { assert, describe, it } from "@effect/vitest"
import * as Callers from "@saucier/proof/Callers"
import * as Effect from "effect/Effect"
import * as Books from "./Books.ts"
import * as Figures from "./Figures.ts"
import * as World from "./World.ts"

const p95 = (calls: ReadonlyArray<Callers.Call>) =>
  calls.map(({ millis }) => millis).sort((a, b) => a - b)[Math.floor(calls.length * 0.95)] ?? NaN

/** How many are prepared, by delivery's own log; up to a thousand. */
const deliveries = ({ base }: World.World) =>
  Effect.map(
    World.ask(`${base}/ops/events?context=delivery&limit=1000`),
    ({ text }) => text.match(/"type":"DeliveryPrepared"/g)?.length ?? 0
  )

const seconds = (since: number) => (performance.now() - since) / 1000

describe("services that are away", () => {
  it.scopedLive("2.1, 2.2, 2.4, 3.2 without delivery orders are paid and shown; with three of it each comes once", () =>
    Effect.gen(function*() {
      const world = yield* World.start({ settings: { SAUCIER_PROVIDER_PRESET: "healthy" } })
      yield* Callers.many(world.base, 50, 10)
      const before = yield* Callers.many(world.base, 100, 10)
      yield* Books.hold(world.base, before)

      yield* world.control.stop({ path: { service: "delivery" } })
      const calls = yield* Callers.many(world.base, 100, 10)
      assert.deepStrictEqual(Callers.summary(calls).answers, { 201: 100 })
      assert.strictEqual((yield* World.ask(`${world.base}/deliveries`)).status, 503)

      const last = yield* Callers.insist(world.base, "shown")
      const since = performance.now()
      const row = World.ask(`${world.base}/orderDashboards/${last.at(-1)?.orderId}`)
      yield* World.until(row, ({ text }) => text.includes(`"orderStatus":"Paid"`))
      const shown = seconds(since)

      const started = performance.now()
      yield* world.control.start({ path: { service: "delivery" } })
      yield* world.control.scale({ path: { service: "delivery" }, payload: { processes: 3 } })
      const all = [...before, ...calls, ...last]
      const verdict = yield* Books.hold(world.base, all)
      assert.strictEqual(verdict.deliveries, verdict.paid)
      yield* Figures.note("2-delivery-away", {
        "p95 before ms": p95(before),
        "p95 without delivery ms": p95(calls),
        "paid to shown s": shown,
        "start to all delivered s": seconds(started),
        deliveries: verdict.deliveries
      })
    }))

  it.scopedLive("2.2 a backlog of a thousand is caught up with", () =>
    Effect.gen(function*() {
      const backlog = 1000
      const world = yield* World.start()
      yield* world.control.stop({ path: { service: "delivery" } })
      const calls = yield* Callers.many(world.base, backlog, 32)
      yield* world.control.start({ path: { service: "delivery" } })
      const since = performance.now()
      const first = yield* World.until(deliveries(world), (count) => count > 0)
      const begun = performance.now()
      yield* World.until(deliveries(world), (count) => count === backlog)
      yield* Figures.note("2.2-catch-up", {
        "delivery ready to all s": seconds(since),
        "deliveries a second": ((backlog - first) * 1000) / (performance.now() - begun)
      })
      yield* Books.hold(world.base, calls)
    }))

  it.scopedLive("2.3 events that come again, since delivery and the dashboard die in their backlog, change nothing", () =>
    Effect.gen(function*() {
      const world = yield* World.start()
      yield* world.control.stop({ path: { service: "delivery" } })
      const calls = yield* Callers.many(world.base, 300, 16)
      yield* world.control.start({ path: { service: "delivery" } })
      for (const service of ["delivery", "dashboard", "delivery"]) {
        yield* Effect.sleep("500 millis")
        yield* world.control.kill({ path: { service, index: 1 } }).pipe(Effect.ignore)
        yield* world.ready(service)
      }
      const verdict = yield* Books.hold(world.base, calls)
      assert.strictEqual(verdict.deliveries, 300)
      yield* World.until(deliveries(world), (count) => count === 300)
    }))

  it.scopedLive("3.3 the dashboard answers when all others are stopped", () =>
    Effect.gen(function*() {
      const world = yield* World.start()
      const [call] = yield* Callers.insist(world.base, "one")
      const row = World.ask(`${world.base}/orderDashboards/${call?.orderId}`)
      yield* World.until(row, ({ text }) => text.includes(`"deliveryStatus":"Preparing"`))
      for (const service of ["order", "payment", "delivery"]) {
        yield* world.control.stop({ path: { service } })
      }
      assert.strictEqual((yield* row).status, 200)
      assert.strictEqual((yield* World.ask(`${world.base}/orderDashboards`)).status, 200)
      assert.strictEqual((yield* World.ask(`${world.base}/orders/${call?.orderId}`)).status, 503)
      for (const service of ["order", "payment", "delivery"]) {
        yield* world.control.start({ path: { service } })
      }
      yield* World.until(World.ask(`${world.base}/orders/${call?.orderId}`), ({ status }) => status === 200)
    }))
})
