import * as SqlClient from "@effect/sql/SqlClient"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import { Position, start } from "@saucier/eventsourcing/Event"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { unavailable } from "./PostgresFailure.ts"

const make = (name: string) =>
  Effect.map(SqlClient.SqlClient, (sql) => {
    const failure = unavailable(name)
    return Checkpoints.of({
      load: (subscription) =>
        sql<{ readonly position: string }>`SELECT position FROM checkpoints WHERE name = ${subscription}`
          .pipe(
            Effect.map(([row]) => row === undefined ? start : Position.make(row.position)),
            Effect.mapError(failure)
          ),
      // Not synced to disk: a power cut takes the rows and the checkpoint back together, and the feed replays them.
      commit: (subscription, position, write) =>
        Effect.zipRight(
          sql`SET LOCAL synchronous_commit = off`,
          Effect.mapError(write, (error) => ({ _tag: "WriteFailed", error } as const))
        ).pipe(
          Effect.zipLeft(
            sql`INSERT INTO checkpoints (name, position) VALUES (${subscription}, ${position})
                ON CONFLICT (name) DO UPDATE SET position = excluded.position`
          ),
          sql.withTransaction,
          Effect.mapError((error) => error._tag === "WriteFailed" ? error.error : failure(error))
        )
    })
  })

export const layer = (name: string): Layer.Layer<Checkpoints, never, SqlClient.SqlClient> =>
  Layer.effect(Checkpoints, make(name))
