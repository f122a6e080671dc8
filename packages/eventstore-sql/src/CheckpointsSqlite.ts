import * as SqlClient from "@effect/sql/SqlClient"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as CheckpointsSql from "./CheckpointsSql.ts"
import { Durable } from "./Durable.ts"
import { unavailable } from "./SqliteFailure.ts"
import { migrate } from "./SqliteMigrations.ts"

const make = (name: string) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    yield* migrate(name)
    return yield* CheckpointsSql.make(sql, {
      failure: unavailable(name),
      patiently: (read) => read,
      unsynced: (write) => Effect.provideService(sql.withTransaction(write), Durable, false)
    })
  })

export const layer = (name: string): Layer.Layer<Checkpoints, EventStoreUnavailable, SqlClient.SqlClient> =>
  Layer.effect(Checkpoints, make(name))
