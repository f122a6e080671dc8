import * as SqlClient from "@effect/sql/SqlClient"
import * as Effect from "effect/Effect"

/** What subscriptions keep beside their rows: how far they are, what they set aside, when to be woken. */
export const subscriptions = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`
    CREATE TABLE checkpoints (name TEXT PRIMARY KEY, position TEXT NOT NULL) STRICT, WITHOUT ROWID`
  yield* sql`
    CREATE TABLE parked_events (
      subscription TEXT NOT NULL,
      event_id TEXT NOT NULL,
      stream_id TEXT NOT NULL,
      version INTEGER NOT NULL,
      event TEXT NOT NULL,
      error TEXT,
      tries INTEGER NOT NULL,
      parked_at REAL NOT NULL,
      request TEXT,
      PRIMARY KEY (subscription, event_id)
    ) STRICT, WITHOUT ROWID`
  yield* sql`CREATE INDEX parked_events_stream ON parked_events (subscription, stream_id, version)`
  yield* sql`
    CREATE TABLE reminders (
      name TEXT NOT NULL,
      stream_id TEXT NOT NULL,
      due_at REAL NOT NULL,
      PRIMARY KEY (name, stream_id)
    ) STRICT, WITHOUT ROWID`
  yield* sql`CREATE INDEX reminders_due ON reminders (name, due_at)`
})
