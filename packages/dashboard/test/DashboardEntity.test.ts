import * as Entity from "@effect/cluster/Entity"
import * as ShardingConfig from "@effect/cluster/ShardingConfig"
import { assert, describe, it } from "@effect/vitest"
import { boardId, DashboardEntity } from "@saucier/dashboard/DashboardEntity"
import { DashboardEntityLive } from "@saucier/dashboard/DashboardEntityLive"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Schedule from "effect/Schedule"
import { sqlite } from "../../readmodel/test/Engines.ts"
import { layer, Logs, projecting, sample, settled, shuffled } from "./DashboardWorld.ts"
import { histories, orderIdAt } from "./OrderHistory.ts"

const world = sample(histories(5), 11)
const publishing = sample(shuffled(world), 12)

describe("the board", () => {
  it.scopedLive("answers for the read model", () =>
    Effect.gen(function*() {
      const board = yield* Effect.flatMap(Entity.makeTestClient(DashboardEntity, DashboardEntityLive), (of) =>
        of(boardId))
      yield* projecting
      const waiting = yield* Effect.fork(board.Changes({ after: 0, limit: 10, waitMillis: 60_000 }))
      yield* Effect.all(publishing, { discard: true })
      yield* settled
      assert.isAbove((yield* Fiber.join(waiting)).changes.length, 0)

      const page = yield* board.List({ limit: 3 })
      assert.deepStrictEqual(
        page.items.map((row) =>
          row.orderId
        ),
        [orderIdAt(4), orderIdAt(3), orderIdAt(2)]
      )
      assert.strictEqual(page.nextCursor, orderIdAt(2))
      assert.deepStrictEqual(yield* board.GetRow({ orderId: orderIdAt(4) }), page.items[0])
      assert.strictEqual(
        (yield* Effect.flip(board.GetRow({ orderId: orderIdAt(77) })))._tag,
        "DashboardRowNotFound"
      )
      assert.strictEqual((yield* board.Counts()).total, 5)

      const head = yield* board.Head()
      assert.deepStrictEqual(yield* board.Changes({ after: head, limit: 10, waitMillis: 0 }), {
        changes: [],
        last: head
      })

      assert.strictEqual((yield* board.Rebuild()).status, "running")
      yield* Effect.repeat(board.RebuildStatus(), {
        until: ({ status }) => status === "done",
        schedule: Schedule.spaced("2 millis")
      })
      assert.strictEqual((yield* board.RebuildStatus()).events, publishing.length)
      assert.deepStrictEqual(yield* board.List({ limit: 3 }), page)
    }).pipe(
      Effect.provide(layer(sqlite.fresh)),
      Effect.provide(Logs.layer),
      Effect.provide(ShardingConfig.layer())
    ))
})
