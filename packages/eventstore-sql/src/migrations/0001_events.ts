import * as SqlClient from "@effect/sql/SqlClient"
import * as Effect from "effect/Effect"

/**
 * The log of one context. `command_index` counts the events of one append from 0, so that its unique index admits a
 * command of several events and yet refuses the same command twice: both would begin at 0.
 * Positions are given by the writer, contiguous from 1. `data` is the JSON text as it came.
 */
export const events = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`
    CREATE TABLE events (
      position INTEGER PRIMARY KEY,
      stream_id TEXT NOT NULL,
      version INTEGER NOT NULL,
      type TEXT NOT NULL,
      schema_version INTEGER NOT NULL,
      data TEXT NOT NULL,
      command_id TEXT NOT NULL,
      command_index INTEGER NOT NULL,
      correlation_id TEXT NOT NULL,
      causation_id TEXT,
      actor TEXT NOT NULL,
      occurred_at REAL NOT NULL,
      traceparent TEXT
    ) STRICT`
  yield* sql`CREATE UNIQUE INDEX events_stream ON events (stream_id, version)`
  yield* sql`CREATE UNIQUE INDEX events_command ON events (stream_id, command_id, command_index)`
})
