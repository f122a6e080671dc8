/** What the read model must hold on every engine. */
import * as SqlClient from "@effect/sql/SqlClient"
import { assert, describe, it } from "@effect/vitest"
import { DashboardLane, type DashboardRow, type DashboardState } from "@saucier/dashboard/Dashboard"
import * as DashboardFollow from "@saucier/dashboard/DashboardFollow"
import { type DashboardFilter, DashboardView } from "@saucier/dashboard/DashboardView"
import * as Facets from "@saucier/dashboard/OrderFacets"
import { row } from "@saucier/dashboard/OrderRow"
import type { OrderId } from "@saucier/kernel/Ids"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/TestClock"
import type { Engine } from "../../readmodel/test/Engines.ts"
import { layer, Logs, projecting, sample, settled, shuffled } from "./DashboardWorld.ts"
import { histories, type History, orderIdAt } from "./OrderHistory.ts"

/** What a row must be, without a database. */
const expected = ({ delivery, order, orderId, payment }: History): DashboardRow => {
  const ordered = order.reduce((f, e) => Facets.evolveOrder(f, e.event, e.recorded), Facets.empty(orderId))
  const paid = payment.reduce((f, e) => Facets.evolvePayment(f, e.event, e.recorded), ordered)
  return row(delivery.reduce((f, e) => Facets.evolveDelivery(f, e.event, e.recorded), paid))
}

const newestFirst = (rows: ReadonlyArray<DashboardRow>) =>
  rows.toSorted((a, b) => a.orderId < b.orderId ? 1 : -1)

const lanes: Readonly<Record<DashboardLane, (row: DashboardRow) => boolean>> = {
  Paid: ({ deliveryStatus, state }) =>
    state === "Preparing" && [null, "Preparing", "Cancelled"].includes(deliveryStatus),
  InDelivery: ({ deliveryStatus, state }) =>
    state === "Preparing" && ![null, "Preparing", "Cancelled"].includes(deliveryStatus),
  Attention: ({ attention }) => attention
}

const countOf = (lane: DashboardLane, of: ReadonlyArray<DashboardRow>) => of.filter(lanes[lane]).length

const walk = (filter: Omit<DashboardFilter, "limit" | "cursor">, limit: number) =>
  Effect.gen(function*() {
    const view = yield* DashboardView
    const items: Array<DashboardRow> = []
    let cursor: OrderId | undefined
    do {
      const page = yield* view.list({ ...filter, limit, cursor })
      items.push(...page.items)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined && items.length < 1000)
    return items
  })

const world = sample(histories(60), 3)
const publishing = sample(shuffled(world), 2)
const rows = newestFirst(world.map(expected))
const playAll = Effect.all(publishing, { discard: true })

export const dashboardViewContract = (engine: Engine) =>
  describe(`the dashboard's read model on ${engine.name}`, () => {
    it.scopedLive("knows for each way of waiting the order that has waited longest", () =>
      Effect.gen(function*() {
        yield* projecting
        yield* playAll
        yield* settled
        const oldest = new Map<string, OrderId>()
        for (const { orderId, orderStatus } of rows) {
          if (["Registered", "PaymentPending", "Paid"].includes(orderStatus ?? "")) {
            oldest.set(orderStatus ?? "", orderId)
          }
        }
        assert.isNotEmpty([...oldest], "the newest first, so the oldest is set last")
        const waiting = yield* Effect.flatMap(DashboardView, ({ waiting }) => waiting)
        assert.deepStrictEqual(
          new Map(waiting.map(({ oldest, status }) => [String(status), oldest])),
          oldest
        )
      }).pipe(Effect.provide(layer(engine.fresh)), Effect.provide(Logs.layer)))

    it.scopedLive("holds one row per order, whichever feed spoke first", () =>
      Effect.gen(function*() {
        yield* projecting
        yield* playAll
        yield* settled
        assert.deepStrictEqual(yield* walk({}, 200), rows)
        const view = yield* DashboardView
        assert.deepStrictEqual(
          yield* view.get(orderIdAt(7)),
          rows.find((row) => row.orderId === orderIdAt(7))
        )
        const missing = yield* Effect.flip(view.get(orderIdAt(9999)))
        assert.strictEqual(missing._tag, "DashboardRowNotFound")
      }).pipe(Effect.provide(layer(engine.fresh)), Effect.provide(Logs.layer)))

    it.scopedLive("walks every row once by pages, with and without filters", () =>
      Effect.gen(function*() {
        yield* projecting
        yield* playAll
        yield* settled
        for (const limit of [1, 7, 60]) {
          assert.deepStrictEqual(yield* walk({}, limit), rows)
        }
        for (const state of ["Registered", "Preparing", "Complete", "Cancelled", "Rejected"] as const) {
          assert.deepStrictEqual(yield* walk({ state }, 3), rows.filter((row) => row.state === state))
          assert.deepStrictEqual(
            yield* walk({ state, branchId: "2" }, 2),
            rows.filter((row) => row.state === state && row.branchId === "2")
          )
        }
        assert.isTrue(rows.some(({ attention, deliveryStatus }) => attention && deliveryStatus !== "Failed"))
        assert.isTrue(rows.some(({ deliveryStatus }) => deliveryStatus === "Failed"))
        for (const lane of DashboardLane.literals) {
          const held = rows.filter(lanes[lane])
          assert.isNotEmpty(held)
          assert.deepStrictEqual(yield* walk({ lane }, 3), held)
          assert.deepStrictEqual(
            yield* walk({ lane, branchId: "2" }, 2),
            held.filter((row) => row.branchId === "2")
          )
        }
        assert.deepStrictEqual(yield* walk({ branchId: "1" }, 4), rows.filter((row) => row.branchId === "1"))
      }).pipe(Effect.provide(layer(engine.fresh)), Effect.provide(Logs.layer)))

    it.scopedLive("counts what a scan counts, at every moment", () =>
      Effect.gen(function*() {
        const view = yield* DashboardView
        const sql = yield* SqlClient.SqlClient
        const check = Effect.gen(function*() {
          const { counts, scanned } = yield* sql.withTransaction(Effect.all({
            alike: sql.onDialectOrElse({
              pg: () => sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`,
              orElse: () => Effect.void
            }),
            counts: view.counts,
            scanned: sql<{ readonly state: DashboardState; readonly n: number }>`
            SELECT state, CAST(count(*) AS integer) AS n FROM dashboard_rows GROUP BY state`
          }))
          for (const { n, state } of scanned) assert.strictEqual(counts[state], n)
          assert.strictEqual(counts.total, scanned.reduce((sum, { n }) => sum + n, 0))
        })
        yield* projecting
        for (const publish of publishing) {
          yield* publish
          yield* check
        }
        yield* settled
        yield* check
        const all = yield* view.counts
        assert.strictEqual(all.total, 60)
        const { items } = yield* view.list({ limit: 200 })
        for (const lane of DashboardLane.literals) assert.strictEqual(all[lane], countOf(lane, items))
        const branches = new Set(items.flatMap(({ branchId }) => branchId ?? []))
        assert.isAbove(branches.size, 1)
        for (const branchId of branches) {
          const own = items.filter((row) => row.branchId === branchId)
          const counts = yield* view.countsOf(branchId)
          assert.strictEqual(counts.total, own.length)
          for (const { state } of own) {
            assert.strictEqual(counts[state], own.filter((row) => row.state === state).length)
          }
          for (const lane of DashboardLane.literals) assert.strictEqual(counts[lane], countOf(lane, own))
        }
      }).pipe(Effect.provide(layer(engine.fresh)), Effect.provide(Logs.layer)))

    it.scopedLive("brings a reader who resumes by seq to exactly the rows of the table, while they are written", () =>
      Effect.gen(function*() {
        const view = yield* DashboardView
        yield* projecting
        const writer = yield* Effect.fork(
          Effect.forEach(publishing, (publish) => Effect.zipLeft(publish, Effect.yieldNow()), {
            discard: true
          })
            .pipe(
              Effect.zipRight(settled)
            )
        )
        const read = new Map<OrderId, DashboardRow>()
        const seqs: Array<number> = []
        let last = 0
        let written = false
        for (;;) {
          const page = yield* view.changes(last, 3)
          for (const { row, seq } of page.changes) {
            read.set(row.orderId, row)
            seqs.push(seq)
          }
          last = page.last
          if (page.changes.length > 0) continue
          if (written) break
          written = (yield* Fiber.poll(writer))._tag === "Some"
          yield* Effect.sleep("1 millis")
        }
        assert.deepStrictEqual(newestFirst([...read.values()]), rows)
        assert.deepStrictEqual(seqs, seqs.toSorted((a, b) => a - b))
        assert.strictEqual(new Set(seqs).size, seqs.length)
        assert.isAtLeast(seqs.length, rows.length)
        assert.isAtMost(last, yield* view.head)
      }).pipe(Effect.provide(layer(engine.fresh)), Effect.provide(Logs.layer)))

    it.scoped("wakes a reader who waits, by the commit and not by the clock", () =>
      Effect.gen(function*() {
        const follow = yield* DashboardFollow.make
        yield* projecting
        const waiting = yield* Effect.fork(follow(0, 10, 60_000))
        yield* TestClock.adjust("500 millis")
        assert.strictEqual((yield* Fiber.poll(waiting))._tag, "None")
        yield* Effect.all(publishing.slice(0, 1))
        assert.strictEqual((yield* Fiber.join(waiting)).changes.length, 1)
      }).pipe(Effect.provide(layer(engine.fresh)), Effect.provide(Logs.layer)))

    it.scoped("lets a reader go for whom nothing comes in time", () =>
      Effect.gen(function*() {
        const follow = yield* DashboardFollow.make
        assert.deepStrictEqual(yield* follow(0, 10, 0), { changes: [], last: 0 })
        const waiting = yield* Effect.fork(follow(0, 10, 2500))
        yield* TestClock.adjust("2499 millis")
        assert.strictEqual((yield* Fiber.poll(waiting))._tag, "None")
        yield* TestClock.adjust("1 millis")
        assert.deepStrictEqual(yield* Fiber.join(waiting), { changes: [], last: 0 })
      }).pipe(Effect.provide(layer(engine.fresh)), Effect.provide(Logs.layer)))

    it.scopedLive("starts over for a reader whose seq was never given", () =>
      Effect.gen(function*() {
        const view = yield* DashboardView
        yield* projecting
        yield* playAll
        yield* settled
        assert.strictEqual((yield* view.changes(1_000_000, 200)).changes.length, rows.length)
      }).pipe(Effect.provide(layer(engine.fresh)), Effect.provide(Logs.layer)))

    it.scopedLive("goes on where it stopped when its process starts again", () =>
      Effect.gen(function*() {
        const database = yield* engine.database
        const half = publishing.length / 2
        const session = (publishing: ReadonlyArray<Effect.Effect<void, never, Logs>>) =>
          Effect.scoped(
            Effect.gen(function*() {
              yield* projecting
              yield* Effect.all(publishing, { discard: true })
              yield* settled
              return yield* walk({}, 50)
            })
          ).pipe(Effect.provide(layer(database)))
        yield* session(publishing.slice(0, half))
        assert.deepStrictEqual(yield* session(publishing.slice(half)), rows)
      }).pipe(Effect.provide(Layer.fresh(Logs.layer))))
  })
