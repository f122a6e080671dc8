import * as SqlClient from "@effect/sql/SqlClient"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as CheckpointsSql from "./CheckpointsSql.ts"
import { Durable } from "./Durable.ts"
import { unavailable } from "./PostgresFailure.ts"
import * as PostgresRetry from "./PostgresRetry.ts"

export const layer = (name: string): Layer.Layer<Checkpoints, never, SqlClient.SqlClient> =>
  Layer.effect(
    Checkpoints,
    Effect.flatMap(SqlClient.SqlClient, (sql) =>
      CheckpointsSql.make(sql, {
        failure: unavailable(name),
        patiently: PostgresRetry.briefly,
        unsynced: (write) => Effect.provideService(sql.withTransaction(write), Durable, false)
      }))
  )
