import * as SqlClient from "@effect/sql/SqlClient"
import { StreamId } from "@saucier/eventsourcing/Event"
import { Reminders } from "@saucier/eventsourcing/Reminders"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { unavailable } from "./PostgresFailure.ts"
import * as PostgresText from "./PostgresText.ts"

interface ReminderRow {
  readonly stream_id: string
  readonly due_at: number
}

const make = (store: string) =>
  Effect.map(SqlClient.SqlClient, (sql) => {
    const failure = unavailable(store)
    return Reminders.of({
      // Sorted, so that two writers never wait for each other in a ring; of a stream named twice the last counts.
      set: (name, reminders) => {
        const dueAt = new Map(
          reminders.map((reminder) => [PostgresText.encode(reminder.streamId), reminder.dueAt])
        )
        return sql`
          INSERT INTO reminders (name, stream_id, due_at)
          SELECT ${name}, stream_id, due_at
          FROM unnest(${[...dueAt.keys()]}::text[], ${[...dueAt.values()]}::float8[]) AS r (stream_id, due_at)
          ORDER BY stream_id
          ON CONFLICT (name, stream_id) DO UPDATE SET due_at = excluded.due_at`.pipe(
          Effect.mapError(failure),
          Effect.asVoid
        )
      },
      clear: (name, streamIds) =>
        sql`DELETE FROM reminders WHERE name = ${name}
            AND stream_id = ANY (${streamIds.map(PostgresText.encode)}::text[])`.pipe(
          Effect.mapError(failure),
          Effect.asVoid
        ),
      due: (name, now, limit) =>
        sql<ReminderRow>`
          SELECT stream_id, due_at FROM reminders WHERE name = ${name} AND due_at <= ${now}
          ORDER BY due_at, stream_id LIMIT ${limit}`.pipe(
          Effect.map((rows) =>
            rows.map((row) => ({
              streamId: StreamId.make(PostgresText.decode(row.stream_id)),
              dueAt: row.due_at
            }))
          ),
          Effect.mapError(failure)
        )
    })
  })

export const layer = (name: string): Layer.Layer<Reminders, never, SqlClient.SqlClient> =>
  Layer.effect(Reminders, make(name))
