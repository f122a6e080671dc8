/** Acceptance 11.1: the same system, each context on the engine that its setting names. */
import { assert, describe, it } from "@effect/vitest"
import * as Callers from "@saucier/proof/Callers"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as PostgresServer from "../../packages/eventstore-sql/test/PostgresServer.ts"
import * as Books from "./Books.ts"
import * as World from "./World.ts"

const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "saucier-polyglot-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

const server = PostgresServer.shared()

/** The service alone, as whoever supervises it starts it. */
const delivery = (settings: Readonly<Record<string, string>>) =>
  Effect.gen(function*() {
    const { PATH = "" } = process.env
    const child = yield* Effect.acquireRelease(
      Effect.sync(() =>
        spawn(process.execPath, [
          fileURLToPath(new URL("../../apps/delivery/bin/delivery.js", import.meta.url))
        ], {
          env: { PATH, NO_COLOR: "1", SAUCIER_HTTP_PORT: "0", SAUCIER_RUNNER_PORT: "0", ...settings },
          stdio: ["ignore", "pipe", "pipe"]
        })
      ),
      (child) => Effect.sync(() => child.kill("SIGKILL"))
    )
    const output = { text: "" }
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output.text += chunk.toString()
      })
    }
    const ended = once(child, "exit").then(() => child.exitCode)
    const signal = (signal: NodeJS.Signals) => Effect.sync(() => child.kill(signal))
    return { output, signal, ended: Effect.promise(() => ended) }
  })

const mixes = [["DELIVERY"], ["DELIVERY", "DASHBOARD"], ["ORDER", "PAYMENT"]]

describe("contexts on SQLite beside contexts on PostgreSQL", () => {
  for (const files of mixes) {
    const names = files.map((name) => name.toLowerCase())
    it.scopedLive(`11.1 ${names.join(" and ")} on SQLite: orders are paid, delivered, cancelled, shown, rebuilt, and survive a kill`, () =>
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
        const rows = World.ask(`${world.base}/orderDashboards?limit=200`)
        const shown = yield* rows
        yield* World.ask(`${world.base}/ops/dashboard/rebuild`, "POST")
        const rebuilt = yield* World.until(
          World.ask(`${world.base}/ops/dashboard/rebuild`),
          ({ text }) => !text.includes(`"status":"running"`)
        )
        assert.include(rebuilt.text, `"status":"done"`)
        assert.deepStrictEqual(yield* rows, shown)
      }))
  }

  it.scopedLive("a second process with another file is refused before it joins; one that was paused and replaced ends", () =>
    Effect.gen(function*() {
      const { url } = yield* PostgresServer.PostgresServer
      const start = Effect.flatMap(folder, (data) =>
        delivery({
          SAUCIER_CLUSTER_DATABASE_URL: Redacted.value(url),
          SAUCIER_SHARD_LOCK_EXPIRATION: "2 seconds",
          SAUCIER_SHARD_LOCK_REFRESH: "500 millis",
          SAUCIER_DATA_DIR: data
        }))
      const first = yield* start
      yield* World.until(Effect.sync(() => first.output.text), (text) => text.includes("delivery is ready"))
      const second = yield* start
      assert.strictEqual(yield* second.ended, 69)
      assert.include(second.output.text, "SAUCIER_DELIVERY_DATABASE_URL=postgres://")

      yield* first.signal("SIGSTOP")
      const third = yield* start
      yield* World.until(Effect.sync(() => third.output.text), (text) => text.includes("delivery is ready"))
      yield* first.signal("SIGCONT")
      yield* first.ended
      assert.include(first.output.text, "This process ends")
    }).pipe(Effect.provide(server)))

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
