import * as SqlClient from "@effect/sql/SqlClient"
import * as Effect from "effect/Effect"

/**
 * The log of one context. A position of the sequence is taken before its commit, so that the log is ordered by the
 * transaction first and read only where no transaction is open any more. `command_index` counts the events of one
 * append from 0, so that its unique index admits a command of several events and yet refuses the same command twice.
 */
export const events = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`
    CREATE TABLE events (
      transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
      position bigint GENERATED ALWAYS AS IDENTITY,
      stream_id text COLLATE "C" NOT NULL,
      version bigint NOT NULL,
      type text NOT NULL,
      schema_version bigint NOT NULL,
      data text NOT NULL,
      command_id text COLLATE "C" NOT NULL,
      command_index integer NOT NULL,
      correlation_id text NOT NULL,
      causation_id text,
      actor text NOT NULL,
      occurred_at double precision NOT NULL,
      traceparent text,
      PRIMARY KEY (transaction_id, position)
    )`
  yield* sql`CREATE UNIQUE INDEX events_stream ON events (stream_id, version)`
  yield* sql`CREATE UNIQUE INDEX events_command ON events (stream_id, command_id, command_index)`
})
