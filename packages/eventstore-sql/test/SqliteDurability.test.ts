import * as SqlClient from "@effect/sql/SqlClient"
import { assert, describe, it } from "@effect/vitest"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import { Position } from "@saucier/eventsourcing/Event"
import * as SqliteStore from "@saucier/eventstore-sql/SqliteStore"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const layer = SqliteStore.layer({ filename: ":memory:", name: "test" })
const [normal, full] = [[{ synchronous: 1 }], [{ synchronous: 2 }]]

describe("a SQLite store", () => {
  it.live("syncs every commit to disk but those that move a checkpoint", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const checkpoints = yield* Checkpoints
      const level = sql`PRAGMA synchronous`
      const reserved = Effect.scoped(
        Effect.flatMap(sql.reserve, (connection) => connection.execute("PRAGMA synchronous", [], undefined))
      )
      for (const again of ["1", "2"]) {
        assert.deepStrictEqual(yield* checkpoints.commit("a", Position.make(again), level), normal)
        assert.deepStrictEqual(yield* reserved, full)
        assert.deepStrictEqual(yield* checkpoints.commit("a", Position.make(again), level), normal)
        assert.deepStrictEqual(yield* sql.withTransaction(level), full)
        assert.deepStrictEqual(yield* checkpoints.commit("a", Position.make(again), level), normal)
        assert.deepStrictEqual(yield* level, full)
      }
    }).pipe(Effect.provide(layer)))

  it.live("keeps the transactions of two databases apart", () =>
    Effect.gen(function*() {
      const one = yield* SqlClient.SqlClient
      const rows = one`SELECT count(*) AS events FROM events`
      const inOther = Effect.flatMap(SqlClient.SqlClient, (other) =>
        other.withTransaction(Effect.zipRight(other`DROP TABLE events`, rows))).pipe(
          Effect.provide(Layer.fresh(layer))
        )
      assert.deepStrictEqual(yield* inOther, [{ events: 0 }])
    }).pipe(Effect.provide(layer)))
})
