/** Checkpoints in a table, alike on SQLite and PostgreSQL but for how a commit is spared the disk. */
import type * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import { CheckpointMoved, Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import { Position, start } from "@saucier/eventsourcing/Event"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as CrashPoint from "@saucier/kernel/CrashPoint"
import * as Effect from "effect/Effect"

export interface Dialect {
  readonly failure: (error: unknown) => EventStoreUnavailable
  /** Tries a read again where that may help at once. */
  readonly patiently: <A>(read: Effect.Effect<A, SqlError>) => Effect.Effect<A, SqlError>
  /**
   * A transaction that is not synced to disk: a power cut takes the rows and the checkpoint back together, and the feed
   * replays them.
   */
  readonly unsynced: <A, E, R>(write: Effect.Effect<A, E, R>) => Effect.Effect<A, E | SqlError, R>
}

const within = (
  sql: SqlClient.SqlClient,
  { failure, patiently, unsynced }: Dialect,
  around: CrashPoint.Around
) => {
  const point = (subscription: string) => around(() => [`checkpoint ${subscription}`])

  /** Both in one transaction, with the errors of the write as they were. */
  const together = <A, E, R, E2>(
    write: Effect.Effect<A, E, R>,
    move: Effect.Effect<unknown, E2 | SqlError>
  ) =>
    Effect.mapError(write, (error) => ({ _tag: "WriteFailed", error } as const)).pipe(
      Effect.zipLeft(move),
      unsynced
    )

  /** A name never committed stands at the start. */
  const moved = (subscription: string, from: Position, position: Position) =>
    Effect.filterOrFail(
      from === start
        ? sql`INSERT INTO checkpoints (name, position) VALUES (${subscription}, ${position})
              ON CONFLICT (name) DO UPDATE SET position = excluded.position
              WHERE checkpoints.position = ${from} RETURNING name`
        : sql`UPDATE checkpoints SET position = ${position}
              WHERE name = ${subscription} AND position = ${from} RETURNING name`,
      (rows) => rows.length > 0,
      () => new CheckpointMoved({ subscription })
    )

  return Checkpoints.of({
    load: (subscription) =>
      sql<{ readonly position: string }>`SELECT position FROM checkpoints WHERE name = ${subscription}`.pipe(
        patiently,
        Effect.map(([row]) => row === undefined ? start : Position.make(row.position)),
        Effect.mapError(failure)
      ),
    commit: (subscription, position, write) =>
      together(
        write,
        sql`INSERT INTO checkpoints (name, position) VALUES (${subscription}, ${position})
            ON CONFLICT (name) DO UPDATE SET position = excluded.position`
      ).pipe(
        point(subscription),
        Effect.mapError((error) => error._tag === "WriteFailed" ? error.error : failure(error))
      ),
    advance: (subscription, from, position, write) =>
      together(write, moved(subscription, from, position)).pipe(
        point(subscription),
        Effect.mapError((error) => {
          switch (error._tag) {
            case "WriteFailed":
              return error.error
            case "CheckpointMoved":
              return error
            case "SqlError":
              return failure(error)
          }
        })
      )
  })
}

export const make = (sql: SqlClient.SqlClient, dialect: Dialect): Effect.Effect<Checkpoints["Type"]> =>
  Effect.map(CrashPoint.around, (around) => within(sql, dialect, around))
