import * as SqlClient from "@effect/sql/SqlClient"
import { StreamId } from "@saucier/eventsourcing/Event"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import { Reminders } from "@saucier/eventsourcing/Reminders"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { unavailable } from "./SqliteFailure.ts"
import { migrate } from "./SqliteMigrations.ts"

interface ReminderRow {
  readonly stream_id: string
  readonly due_at: number
}

const make = (store: string) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    yield* migrate(store)
    const failure = unavailable(store)
    return Reminders.of({
      set: (name, reminders) =>
        sql`INSERT INTO reminders (name, stream_id, due_at)
            SELECT ${name}, value ->> 'streamId', value ->> 'dueAt' FROM json_each(${
          JSON.stringify(reminders)
        })
            WHERE true ON CONFLICT (name, stream_id) DO UPDATE SET due_at = excluded.due_at`.pipe(
          Effect.mapError(failure),
          Effect.asVoid
        ),
      clear: (name, streamIds) =>
        sql`DELETE FROM reminders WHERE name = ${name}
            AND stream_id IN (SELECT value FROM json_each(${JSON.stringify(streamIds)}))`.pipe(
          Effect.mapError(failure),
          Effect.asVoid
        ),
      due: (name, now, limit) =>
        sql<ReminderRow>`
          SELECT stream_id, due_at FROM reminders WHERE name = ${name} AND due_at <= ${now}
          ORDER BY due_at, stream_id LIMIT ${limit}`.pipe(
          Effect.map((rows) =>
            rows.map((row) => ({ streamId: StreamId.make(row.stream_id), dueAt: row.due_at }))
          ),
          Effect.mapError(failure)
        )
    })
  })

export const layer = (name: string): Layer.Layer<Reminders, EventStoreUnavailable, SqlClient.SqlClient> =>
  Layer.effect(Reminders, make(name))
