/** What a rebuild must hold on every engine. */
import * as SqlClient from "@effect/sql/SqlClient"
import { assert, describe, it } from "@effect/vitest"
import type { DashboardChange } from "@saucier/dashboard/Dashboard"
import { DashboardRebuild } from "@saucier/dashboard/DashboardRebuild"
import { DashboardView } from "@saucier/dashboard/DashboardView"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as Schedule from "effect/Schedule"
import type { Engine } from "../../readmodel/test/Engines.ts"
import { layer, Logs, projecting, sample, settled, shuffled } from "./DashboardWorld.ts"
import { histories } from "./OrderHistory.ts"

const orders = 60
const world = sample(histories(orders), 3)

/** All rows, each with its seq. */
const table = Effect.flatMap(DashboardView, (view) => view.changes(0, 100_000))

const rowsOf = (changes: ReadonlyArray<DashboardChange>) =>
  new Map(changes.map(({ row }) => [row.orderId, row]))

const ended = Effect.flatMap(DashboardRebuild, (rebuild) =>
  Effect.repeat(rebuild.progress, {
    until: ({ status }) => status !== "running",
    schedule: Schedule.spaced("2 millis")
  }).pipe(Effect.zipRight(rebuild.progress)))

const rebuilt = Effect.gen(function*() {
  const rebuild = yield* DashboardRebuild
  yield* rebuild.start
  const progress = yield* ended
  assert.strictEqual(progress.status, "done", progress.detail)
  return progress
})

const generations = Effect.flatMap(SqlClient.SqlClient, (sql) =>
  Effect.map(
    sql<{ readonly generation: number }>`SELECT DISTINCT generation FROM dashboard_rows ORDER BY generation`,
    (rows) => rows.map(({ generation }) => generation)
  ))

export const dashboardRebuildContract = (engine: Engine) =>
  describe(`rebuilding the dashboard on ${engine.name}`, () => {
    it.scopedLive("gives identical rows, and the same seqs, so that no reader has to read again", () =>
      Effect.gen(function*() {
        const publishing = sample(shuffled(world), 4)
        yield* projecting
        yield* Effect.all(publishing, { discard: true })
        yield* settled
        const before = yield* table
        const view = yield* DashboardView
        const counts = yield* view.counts
        const progress = yield* rebuilt
        assert.strictEqual(progress.events, publishing.length)
        assert.strictEqual(progress.changed, 0)
        assert.deepStrictEqual(yield* table, before)
        assert.deepStrictEqual(yield* view.counts, counts)
        assert.deepStrictEqual(yield* generations, [2])
      }).pipe(Effect.provide(layer(engine.fresh)), Effect.provide(Logs.layer)))

    it.scopedLive.prop(
      "gives the rows that the events say while more of them arrive, and readers lose nothing over the swap",
      {
        seed: FastCheck.integer(),
        at: FastCheck.integer({ min: 0, max: 100 })
      },
      ({ at, seed }) =>
        Effect.gen(function*() {
          const publishing = sample(shuffled(world.slice(0, 20)), seed)
          const cut = Math.floor(publishing.length * at / 100)
          const view = yield* DashboardView
          yield* projecting
          yield* Effect.all(publishing.slice(0, cut), { discard: true })
          yield* settled
          const read = rowsOf((yield* table).changes)
          let last = (yield* table).last
          const live = yield* Effect.fork(
            Effect.forEach(publishing.slice(cut), (publish) =>
              Effect.zipLeft(publish, Effect.sleep("0 millis")), {
              discard: true
            })
          )
          const rebuilding = yield* Effect.fork(rebuilt)
          for (;;) {
            const over = (yield* Fiber.poll(live))._tag === "Some" &&
              (yield* Fiber.poll(rebuilding))._tag === "Some"
            if (over) {
              yield* settled
            }
            const { changes, last: to } = yield* view.changes(last, 5)
            for (const { row } of changes) {
              read.set(row.orderId, row)
            }
            last = to
            if (over && changes.length === 0) {
              break
            }
            yield* Effect.sleep("1 millis")
          }
          const progress = yield* Fiber.join(rebuilding)
          assert.strictEqual(progress.changed, 0)
          const after = rowsOf((yield* table).changes)
          assert.deepStrictEqual(
            read,
            new Map([...read.keys()].map((orderId) => [orderId, after.get(orderId)]))
          )
          assert.strictEqual(read.size, after.size)
          assert.strictEqual((yield* view.counts).total, after.size)
          yield* rebuilt
          assert.deepStrictEqual(rowsOf((yield* table).changes), after)
        }).pipe(Effect.provide(layer(engine.fresh)), Effect.provide(Logs.layer), Effect.scoped, Effect.orDie),
      { fastCheck: { numRuns: 8 } }
    )

    it.scopedLive("repairs rows that were damaged, and tells readers of just these", () =>
      Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        const view = yield* DashboardView
        yield* projecting
        yield* Effect.all(sample(shuffled(world), 5), { discard: true })
        yield* settled
        const before = yield* table
        const damaged = before.changes.slice(10, 13).map(({ row }) => row.orderId)
        yield* sql`UPDATE dashboard_rows SET branch_id = 'nobody', state = 'Rejected' WHERE ${
          sql.in("order_id", damaged)
        }`
        const head = yield* view.head
        assert.strictEqual((yield* rebuilt).changed, 3)
        assert.deepStrictEqual(rowsOf((yield* table).changes), rowsOf(before.changes))
        const told = yield* view.changes(head, 100)
        assert.sameMembers(told.changes.map(({ row }) => row.orderId), damaged)
        assert.strictEqual(yield* view.head, head + 3)
      }).pipe(Effect.provide(layer(engine.fresh)), Effect.provide(Logs.layer)))

    it.scopedLive("serves the old rows until the new ones are complete, and shows how far it is", () =>
      Effect.gen(function*() {
        const rebuild = yield* DashboardRebuild
        const publishing = sample(shuffled(world), 6)
        yield* projecting
        yield* Effect.all(publishing, { discard: true })
        yield* settled
        const before = yield* table
        assert.strictEqual((yield* rebuild.progress).status, "idle")
        assert.strictEqual((yield* rebuild.start).status, "running")
        const seen: Array<number> = []
        while ((yield* rebuild.progress).status === "running") {
          assert.deepStrictEqual(yield* table, before)
          assert.strictEqual((yield* rebuild.start).status, "running")
          seen.push((yield* rebuild.progress).events)
          yield* Effect.sleep("1 millis")
        }
        const counted = (yield* rebuild.progress).events
        assert.strictEqual(counted, publishing.length)
        assert.isAbove(new Set(seen).size, 1)
        assert.deepStrictEqual(yield* table, before)
      }).pipe(Effect.provide(layer(engine.fresh)), Effect.provide(Logs.layer)))

    it.scopedLive("leaves the old rows serving when it dies in the middle, and starts clean the next time", () =>
      Effect.gen(function*() {
        const database = layer(yield* engine.database)
        const before = yield* Effect.gen(function*() {
          yield* Effect.scoped(Effect.gen(function*() {
            yield* projecting
            yield* Effect.all(sample(shuffled(world), 7), { discard: true })
            yield* settled
          }))
          const before = yield* table
          const rebuild = yield* DashboardRebuild
          yield* rebuild.start
          yield* Effect.repeat(Effect.delay(rebuild.progress, "0 millis"), {
            until: ({ events }) => events > 0
          })
          return before
        }).pipe(Effect.provide(database))
        yield* Effect.gen(function*() {
          assert.deepStrictEqual(yield* generations, [1, 2])
          assert.deepStrictEqual(yield* table, before)
          const sql = yield* SqlClient.SqlClient
          yield* sql`UPDATE dashboard_rows SET order_version = 1000000 WHERE generation = 2`
          assert.strictEqual((yield* rebuilt).changed, 0)
          assert.deepStrictEqual(yield* table, before)
          assert.deepStrictEqual(yield* generations, [3])
        }).pipe(Effect.provide(database))
      }).pipe(Effect.provide(Logs.layer)))
  })
