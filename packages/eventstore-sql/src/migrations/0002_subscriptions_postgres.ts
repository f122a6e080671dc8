import * as SqlClient from "@effect/sql/SqlClient"
import * as Effect from "effect/Effect"

/** What subscriptions keep beside their rows: how far they are, what they set aside, when to be woken. */
export const subscriptions = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`CREATE TABLE checkpoints (name text PRIMARY KEY, position text NOT NULL)`
  yield* sql`
    CREATE TABLE parked_events (
      subscription text COLLATE "C" NOT NULL,
      event_id text COLLATE "C" NOT NULL,
      stream_id text COLLATE "C" NOT NULL,
      version bigint NOT NULL,
      event text NOT NULL,
      error text,
      tries integer NOT NULL,
      parked_at double precision NOT NULL,
      request text,
      PRIMARY KEY (subscription, event_id)
    )`
  yield* sql`CREATE INDEX parked_events_stream ON parked_events (subscription, stream_id, version)`
  yield* sql`
    CREATE TABLE reminders (
      name text COLLATE "C" NOT NULL,
      stream_id text COLLATE "C" NOT NULL,
      due_at double precision NOT NULL,
      PRIMARY KEY (name, stream_id)
    )`
  yield* sql`CREATE INDEX reminders_due ON reminders (name, due_at)`
})
