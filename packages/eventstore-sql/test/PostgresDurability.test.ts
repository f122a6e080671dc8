import * as SqlClient from "@effect/sql/SqlClient"
import { assert, describe, it } from "@effect/vitest"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import { Position } from "@saucier/eventsourcing/Event"
import * as PostgresStore from "@saucier/eventstore-sql/PostgresStore"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as PostgresServer from "./PostgresServer.ts"
import * as PostgresStores from "./PostgresStores.ts"

const layer = Layer.provide(PostgresStores.fresh(PostgresStore.layer), PostgresServer.shared())
const [off, on] = [[{ synchronous_commit: "off" }], [{ synchronous_commit: "on" }]]

describe("a PostgreSQL store", () => {
  it.live("syncs every commit to disk but those that move a checkpoint", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const checkpoints = yield* Checkpoints
      const level = sql`SHOW synchronous_commit`
      const moved = (position: string) => checkpoints.commit("a", Position.make(position), level)
      assert.deepStrictEqual(yield* moved("1"), off)
      assert.deepStrictEqual(yield* sql.withTransaction(level), on)
      assert.deepStrictEqual(yield* moved("2"), off)
      assert.deepStrictEqual(yield* level, on)
    }).pipe(Effect.provide(layer)))

  it.live("syncs what another database commits while a checkpoint moves", () =>
    Effect.gen(function*() {
      const checkpoints = yield* Checkpoints
      const other = yield* Layer.build(Layer.fresh(layer))
      const level = Effect.flatMap(SqlClient.SqlClient, (sql) =>
        sql.withTransaction(sql`SHOW synchronous_commit`))
      const seen = yield* checkpoints.commit("a", Position.make("1"), Effect.provide(level, other))
      assert.deepStrictEqual(seen, on)
    }).pipe(Effect.scoped, Effect.provide(layer)))
})
