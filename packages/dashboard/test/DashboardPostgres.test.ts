import { assert, describe, it } from "@effect/vitest"
import type { DashboardRow } from "@saucier/dashboard/Dashboard"
import { migrate } from "@saucier/dashboard/DashboardMigrations"
import { DashboardRebuild } from "@saucier/dashboard/DashboardRebuild"
import { DashboardView } from "@saucier/dashboard/DashboardView"
import type { RebuildProgress } from "@saucier/dashboard/RebuildProgress"
import type { OrderId } from "@saucier/kernel/Ids"
import * as Array from "effect/Array"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Engines from "../../readmodel/test/Engines.ts"
import { dashboardRebuildContract } from "./DashboardRebuildContract.ts"
import { dashboardViewContract } from "./DashboardViewContract.ts"
import { layer, Logs, projecting, sample, settled, shuffled } from "./DashboardWorld.ts"
import { histories } from "./OrderHistory.ts"

const postgres = Engines.postgres()

dashboardViewContract(postgres)
dashboardRebuildContract(postgres)

/** Several processes of the dashboard on one database, each with connections of its own. */
const processes = (count: number) =>
  Effect.flatMap(
    postgres.database,
    (database) => Effect.forEach(Array.range(1, count), () => Layer.build(layer(database)))
  )

/** Those that have to give way say so. */
const quietly = Logger.withMinimumLogLevel(LogLevel.None)

const rowsOf = (view: DashboardView["Type"]) =>
  Effect.map(view.changes(0, 1000), ({ changes }) => changes.map(({ row }) => row))

const sorted = (rows: ReadonlyArray<DashboardRow>) => rows.toSorted((a, b) => a.orderId < b.orderId ? -1 : 1)

const world = sample(histories(60), 21)
const publishing = sample(shuffled(world), 22)

describe("several processes of the dashboard", () => {
  it.scopedLive("make the tables once, who ever begins first", () =>
    Effect.gen(function*() {
      const database = yield* postgres.database
      const begun = Effect.scoped(
        Effect.flatMap(Layer.build(database), (context) => Effect.provide(migrate, context))
      )
      yield* Effect.all(Array.replicate(begun, 6), { concurrency: "unbounded" })
    }))

  it.scopedLive("show every change in order to a reader of one of them, while all of them project", () =>
    Effect.gen(function*() {
      const all = yield* processes(3)
      const [one] = all
      assert(one !== undefined)
      for (const process of all) yield* Effect.provide(projecting, process)
      const view = Context.get(one, DashboardView)
      const writing = yield* Effect.fork(
        Effect.forEach(publishing, (publish) => Effect.zipLeft(publish, Effect.sleep("1 millis")), {
          discard: true
        }).pipe(Effect.zipRight(Effect.provide(settled, one)))
      )
      const read = new Map<OrderId, DashboardRow>()
      let last = 0
      let written = false
      for (;;) {
        const page = yield* view.changes(last, 4)
        for (const { row, seq } of page.changes) {
          assert.isAbove(seq, last)
          last = seq
          read.set(row.orderId, row)
        }
        if (page.changes.length > 0) continue
        if (written) break
        written = (yield* Fiber.poll(writing))._tag === "Some"
      }
      yield* Fiber.join(writing)
      assert.strictEqual(read.size, world.length)
      assert.deepStrictEqual(sorted([...read.values()]), sorted(yield* rowsOf(view)))
      assert.strictEqual((yield* view.counts).total, world.length)
    }).pipe(quietly, Effect.provide(Logs.layer)))

  it.scopedLive("may all rebuild at once: the newest swaps, and the rows stay what they are", () =>
    Effect.gen(function*() {
      const all = yield* processes(3)
      const [one] = all
      assert(one !== undefined)
      yield* Effect.provide(projecting, one)
      yield* Effect.all(publishing, { discard: true })
      yield* Effect.provide(settled, one)
      const view = Context.get(one, DashboardView)
      const before = { rows: yield* view.changes(0, 1000), counts: yield* view.counts }
      const rebuilds = all.map((process) => Context.get(process, DashboardRebuild))
      const until = (rebuild: DashboardRebuild["Type"], wished: (progress: RebuildProgress) => boolean) =>
        Effect.repeat(Effect.delay(rebuild.progress, "0 millis"), { until: wished })
      for (const rebuild of rebuilds) {
        yield* rebuild.start
        yield* until(rebuild, ({ events }) => events > 0)
      }
      const outcomes = yield* Effect.forEach(
        rebuilds,
        (rebuild) => Effect.map(until(rebuild, ({ status }) => status !== "running"), ({ status }) => status)
      )
      assert.strictEqual(outcomes.at(-1), "done")
      assert.deepStrictEqual({ rows: yield* view.changes(0, 1000), counts: yield* view.counts }, before)
    }).pipe(quietly, Effect.provide(Logs.layer)))
})
