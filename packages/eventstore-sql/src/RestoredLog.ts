/**
 * Checkpoints and the log that they follow, which came back from different instants. A checkpoint beyond the log's end
 * would skip what is written next at the same places, so it goes back to the end.
 */
import * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import { Position, start } from "@saucier/eventsourcing/Event"
import * as Effect from "effect/Effect"

export interface RestoredLog {
  /** Where a reader of this log goes on who had come so far. */
  readonly place: (checkpoint: Position) => Position
}

export const sqlite: Effect.Effect<RestoredLog, SqlError, SqlClient.SqlClient> = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) =>
    Effect.map(
      sql<{ readonly head: number }>`SELECT coalesce(max(position), 0) AS head FROM events`,
      ([row]): RestoredLog => {
        const head = row?.head ?? 0
        return {
          place: (checkpoint) => {
            if (Number(checkpoint) <= head) return checkpoint
            return head === 0 ? start : Position.make(String(head))
          }
        }
      }
    )
)
