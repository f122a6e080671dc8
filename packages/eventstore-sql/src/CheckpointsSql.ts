/** Checkpoints in a table, alike on SQLite and PostgreSQL but for how a commit is spared the disk. */
import type * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import { Position, start } from "@saucier/eventsourcing/Event"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Effect from "effect/Effect"

export interface Dialect {
  readonly failure: (error: unknown) => EventStoreUnavailable
  /**
   * A transaction that is not synced to disk: a power cut takes the rows and the checkpoint back together, and the feed
   * replays them.
   */
  readonly unsynced: <A, E, R>(write: Effect.Effect<A, E, R>) => Effect.Effect<A, E | SqlError, R>
}

export const make = (sql: SqlClient.SqlClient, { failure, unsynced }: Dialect) =>
  Checkpoints.of({
    load: (subscription) =>
      sql<{ readonly position: string }>`SELECT position FROM checkpoints WHERE name = ${subscription}`.pipe(
        Effect.map(([row]) => row === undefined ? start : Position.make(row.position)),
        Effect.mapError(failure)
      ),
    commit: (subscription, position, write) =>
      Effect.mapError(write, (error) => ({ _tag: "WriteFailed", error } as const)).pipe(
        Effect.zipLeft(
          sql`INSERT INTO checkpoints (name, position) VALUES (${subscription}, ${position})
              ON CONFLICT (name) DO UPDATE SET position = excluded.position`
        ),
        unsynced,
        Effect.mapError((error) => error._tag === "WriteFailed" ? error.error : failure(error))
      )
  })
