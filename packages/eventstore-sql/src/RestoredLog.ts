/**
 * Checkpoints and the log that they follow, which came back from different instants. A checkpoint beyond the log's end
 * would skip what is written next at the same places, so it goes back to the end.
 */
import * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import { Position, start } from "@saucier/eventsourcing/Event"
import * as Effect from "effect/Effect"
import { positionOf, type PostgresRow } from "./PostgresRow.ts"

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

/** The transaction, and the place in the sequence. */
const numbersOf = (position: Position) => position.split(".").map((digits) => BigInt(digits))

const isAfter = (position: Position, head: Position) => {
  const [transaction = 0n, place = 0n] = numbersOf(position)
  const [last = 0n, lastPlace = 0n] = numbersOf(head)
  return transaction > last || (transaction === last && place > lastPlace)
}

export const postgres: Effect.Effect<RestoredLog, SqlError, SqlClient.SqlClient> = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) =>
    Effect.map(
      sql<Pick<PostgresRow, "transaction_id" | "position">>`
        SELECT transaction_id, position FROM events ORDER BY transaction_id DESC, position DESC LIMIT 1`,
      ([row]): RestoredLog => {
        const head = row === undefined ? start : positionOf(row)
        return { place: (checkpoint) => isAfter(checkpoint, head) ? head : checkpoint }
      }
    )
)
