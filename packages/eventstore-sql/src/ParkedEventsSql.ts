/** Parked events in a table, alike on SQLite and PostgreSQL but for what their text can hold. */
import type * as SqlClient from "@effect/sql/SqlClient"
import { RecordedEvent } from "@saucier/eventsourcing/Event"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import { ParkedEvent, ParkedEvents } from "@saucier/eventsourcing/ParkedEvents"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

export interface Dialect {
  readonly failure: (error: unknown) => EventStoreUnavailable
  readonly encode: (text: string) => string
  readonly decode: (stored: string) => string
}

export const make = (sql: SqlClient.SqlClient, store: string, { decode, encode, failure }: Dialect) => {
  const Text = Schema.transform(Schema.String, Schema.String, { strict: true, decode, encode })
  const ParkedRow = Schema.Struct({
    ...ParkedEvent.fields,
    event: Schema.parseJson(RecordedEvent),
    error: Schema.NullOr(Text)
  })
  const decodeRows = Schema.decodeUnknown(Schema.Array(ParkedRow))
  return ParkedEvents.of({
    park: ({ error, event, parkedAt, subscription, tries }) =>
      sql`
        INSERT INTO parked_events (subscription, event_id, stream_id, version, event, error, tries, parked_at)
        VALUES (${subscription}, ${encode(event.eventId)}, ${encode(event.streamId)},
                ${event.version}, ${JSON.stringify(event)}, ${
        error === null ? null : encode(error)
      }, ${tries}, ${parkedAt})
        ON CONFLICT (subscription, event_id) DO UPDATE
        SET error = excluded.error, tries = excluded.tries, parked_at = excluded.parked_at, request = NULL`
        .pipe(
          Effect.mapError(failure),
          Effect.asVoid
        ),
    list: (subscription) =>
      sql`
        SELECT subscription, event, error, tries, parked_at AS "parkedAt", request FROM parked_events
        WHERE ${subscription === undefined ? sql.literal("TRUE") : sql`subscription = ${subscription}`}
        ORDER BY subscription, stream_id, version`.pipe(
        Effect.mapError(failure),
        Effect.flatMap((rows) =>
          Effect.mapError(
            decodeRows(rows),
            ({ message }) => new EventStoreUnavailable({ store, reason: "corrupt", detail: message })
          )
        )
      ),
    request: (subscription, streamId, request) =>
      sql`
        UPDATE parked_events SET request = ${request}
        WHERE subscription = ${subscription} AND event_id = (
          SELECT event_id FROM parked_events WHERE subscription = ${subscription} AND stream_id = ${
        encode(streamId)
      }
          ORDER BY version LIMIT 1)
        RETURNING event_id`.pipe(
        Effect.map((rows) => rows.length > 0),
        Effect.mapError(failure)
      ),
    remove: (subscription, eventId) =>
      sql`DELETE FROM parked_events WHERE subscription = ${subscription} AND event_id = ${encode(eventId)}`
        .pipe(
          Effect.mapError(failure),
          Effect.asVoid
        )
  })
}
