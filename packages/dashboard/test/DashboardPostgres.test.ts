import * as SqlClient from "@effect/sql/SqlClient"
import { assert, describe, it } from "@effect/vitest"
import type { DashboardRow } from "@saucier/dashboard/Dashboard"
import { migrate } from "@saucier/dashboard/DashboardMigrations"
import { DashboardRebuild } from "@saucier/dashboard/DashboardRebuild"
import { DashboardView } from "@saucier/dashboard/DashboardView"
import type { RebuildProgress } from "@saucier/dashboard/RebuildProgress"
import type { OrderId } from "@saucier/kernel/Ids"
import * as Array from "effect/Array"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
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
        yield* until(rebuild, ({ events, status }) => events > 0 || status !== "running")
      }
      const outcomes = yield* Effect.forEach(
        rebuilds,
        (rebuild) => Effect.map(until(rebuild, ({ status }) => status !== "running"), ({ status }) => status)
      )
      assert.strictEqual(outcomes.at(-1), "done")
      assert.deepStrictEqual({ rows: yield* view.changes(0, 1000), counts: yield* view.counts }, before)
    }).pipe(quietly, Effect.provide(Logs.layer)))

  it.scopedLive("do not wait in a rebuild for rows that an overtaken one is still writing", () =>
    Effect.gen(function*() {
      const [overtaken, newest] = yield* processes(2)
      assert(overtaken !== undefined && newest !== undefined)
      const sql = Context.get(overtaken, SqlClient.SqlClient)
      yield* sql`
        INSERT INTO dashboard_rows (generation, order_id, state, order_version, payment_version, delivery_version, updated_at)
        VALUES (0, 'left-alone', 'paid', 1, 1, 1, 0), (0, 'being-written', 'paid', 1, 1, 1, 0)`
      yield* sql`INSERT INTO dashboard_counts (generation, state, orders) VALUES (0, 'paid', 2), (0, 'shipped', 0)`
      const written = yield* Deferred.make<void>()
      const seen = yield* Deferred.make<void>()
      const writing = yield* Effect.fork(sql.withTransaction(
        sql`UPDATE dashboard_rows SET qty = 1 WHERE order_id = 'being-written'`.pipe(
          Effect.zipRight(sql`UPDATE dashboard_counts SET orders = 3 WHERE state = 'paid'`),
          Effect.zipRight(Deferred.succeed(written, undefined)),
          Effect.zipRight(Deferred.await(seen))
        )
      ))
      yield* Deferred.await(written)
      const rebuild = Context.get(newest, DashboardRebuild)
      yield* rebuild.start
      const ended = yield* Effect.repeat(Effect.delay(rebuild.progress, "1 millis"), {
        until: ({ status }) => status !== "running"
      })
      assert.strictEqual(ended.status, "done", ended.detail)
      yield* Deferred.succeed(seen, undefined)
      yield* Fiber.join(writing)
      assert.deepStrictEqual(yield* sql`SELECT order_id FROM dashboard_rows`, [{ order_id: "being-written" }])
      assert.deepStrictEqual(yield* sql`SELECT state FROM dashboard_counts`, [{ state: "paid" }])
      yield* rebuild.start
      yield* Effect.repeat(Effect.delay(rebuild.progress, "1 millis"), {
        until: ({ status }) => status === "done"
      })
      assert.deepStrictEqual(yield* sql`SELECT order_id FROM dashboard_rows`, [])
    }).pipe(quietly, Effect.provide(Logs.layer)))
})
