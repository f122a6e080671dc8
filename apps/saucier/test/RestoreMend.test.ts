import * as SqlClient from "@effect/sql/SqlClient"
import { assert, describe, it } from "@effect/vitest"
import * as RestoreMend from "@saucier/app-saucier/RestoreMend"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import { Position } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as PostgresStore from "@saucier/eventstore-sql/PostgresStore"
import * as SqliteStore from "@saucier/eventstore-sql/SqliteStore"
import * as Effect from "effect/Effect"
import { join } from "node:path"
import { append } from "../../../packages/eventstore-sql/test/PostgresEvents.ts"
import * as PostgresServer from "../../../packages/eventstore-sql/test/PostgresServer.ts"
import * as World from "./World.ts"

const server = PostgresServer.shared()

const checkpoint = (name: string) =>
  Effect.map(
    Effect.flatMap(SqlClient.SqlClient, (sql) =>
      sql<{ readonly position: string }>`SELECT position FROM checkpoints WHERE name = ${name}`),
    ([row]) =>
      row?.position
  )

const written = Effect.flatMap(EventStore, (store) => append(store, "a-1", 0, "1"))
const seen = (name: string, position: string) =>
  Effect.flatMap(Checkpoints, ({ commit }) => commit(name, Position.make(position), Effect.void))

describe("stores that came back from different instants", () => {
  it.scopedLive("have no checkpoint beyond the log that it follows, whichever engine each is on", () =>
    Effect.gen(function*() {
      const { url } = yield* PostgresServer.PostgresServer
      const filename = join(yield* World.temporaryFolder, "order.db")
      const order = SqliteStore.layer({ filename, name: "order" })
      const delivery = PostgresStore.layer({ url, name: "delivery" })
      yield* Effect.provide(
        Effect.all([written, seen("order.delivery", "1000000000.7"), seen("order.payment", "12.5")]),
        order
      )
      const { events: [last] } = yield* Effect.provide(
        Effect.zipRight(seen("delivery.cancel", "77"), written),
        delivery
      )

      const databases = new Map(
        [
          ["order", RestoreMend.file("order", filename)],
          ["delivery", RestoreMend.server("delivery", url)]
        ] as const
      )
      assert.strictEqual((yield* RestoreMend.run(databases)).clamped, 3)
      assert.strictEqual(yield* Effect.provide(checkpoint("delivery.cancel"), delivery), "1")
      assert.strictEqual(yield* Effect.provide(checkpoint("order.delivery"), order), last?.position)
      assert.isUndefined(yield* Effect.provide(checkpoint("order.payment"), order))
      assert.strictEqual((yield* RestoreMend.run(databases)).clamped, 0)
    }).pipe(Effect.provide(server)))
})
