/** The checkpoints of one context, read and put right after a restore. */
import * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import { Position, start } from "@saucier/eventsourcing/Event"
import * as Effect from "effect/Effect"

export const all: Effect.Effect<ReadonlyMap<string, Position>, SqlError, SqlClient.SqlClient> = Effect
  .flatMap(
    SqlClient.SqlClient,
    (sql) =>
      Effect.map(
        sql<{ readonly name: string; readonly position: string }>`SELECT name, position FROM checkpoints`,
        (rows) => new Map(rows.map(({ name, position }) => [name, Position.make(position)]))
      )
  )

export const set = (name: string, position: Position): Effect.Effect<void, SqlError, SqlClient.SqlClient> =>
  Effect.flatMap(SqlClient.SqlClient, (sql) =>
    Effect.asVoid(
      position === start
        ? sql`DELETE FROM checkpoints WHERE name = ${name}`
        : sql`UPDATE checkpoints SET position = ${position} WHERE name = ${name}`
    ))
