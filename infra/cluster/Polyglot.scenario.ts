/** Acceptance 11.1: the same system, each context on the engine that its setting names. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Books from "./Books.ts"
import * as Callers from "./Callers.ts"
import * as World from "./World.ts"

const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "saucier-polyglot-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

const mixes = [["DELIVERY"], ["DELIVERY", "DASHBOARD"], ["ORDER", "PAYMENT"]]

describe("contexts on SQLite beside contexts on PostgreSQL", () => {
  for (const files of mixes) {
    const names = files.map((name) => name.toLowerCase())
    it.scopedLive(`11.1 ${names.join(" and ")} on SQLite: orders are paid, delivered, cancelled, shown, and survive a kill`, () =>
      Effect.gen(function*() {
        const data = yield* folder
        const settings = Object.fromEntries(
          files.map((name) => [`SAUCIER_${name}_DATABASE_URL`, `sqlite:${join(data, `${name}.db`)}`])
        )
        const world = yield* World.start({ settings })
        const before = yield* Callers.many(world.base, 40, 8)
        for (const service of names) {
          yield* world.control.kill({ path: { service, index: 1 } })
          yield* World.until(
            world.processes(service),
            ([found]) => found?.restarts === 1 && found.state === "ready"
          )
        }
        const after = yield* Callers.many(world.base, 40, 8)
        const id = after.find(Callers.isAcknowledged)?.orderId ?? ""
        const cancelled = yield* World.ask(`${world.base}/orders/${id}/cancel`, "POST", {
          reason: "polyglot"
        })
        assert.include([200, 202], cancelled.status)
        const calls = [...before, ...after]
        yield* Books.hold(world.base, calls)
        const acknowledged = calls.filter(Callers.isAcknowledged).map(({ orderId }) => orderId)
        assert.strictEqual(new Set(acknowledged).size, 80, JSON.stringify(Callers.summary(calls).answers))
        yield* World.until(
          World.ask(`${world.base}/orderDashboards/${id}`),
          ({ text }) => text.includes(`"state":"Cancelled"`)
        )
      }))
  }

  it.live("a second process for a context on SQLite is refused, by name", () =>
    Effect.gen(function*() {
      const { code, said } = yield* World.refused({
        counts: { delivery: 2 },
        settings: { SAUCIER_DELIVERY_DATABASE_URL: "sqlite:/tmp/never-made.db" }
      })
      assert.notStrictEqual(code, 0)
      assert.include(said, "delivery")
    }))
})
