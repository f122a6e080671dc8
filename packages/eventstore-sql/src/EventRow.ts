/** An event as a row of `events`, and back. */
import { SqlError } from "@effect/sql/SqlError"
import {
  eventId,
  type NewEvent,
  Position,
  type RecordedEvent,
  StreamId,
  Version
} from "@saucier/eventsourcing/Event"
import type { Append } from "@saucier/eventsourcing/EventStore"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as Brand from "effect/Brand"
import * as Effect from "effect/Effect"

/** What was valid when it was stored is not checked again. */
const streamId = Brand.nominal<StreamId>()
const version = Brand.nominal<Version>()
const position = Brand.nominal<Position>()
const commandId = Brand.nominal<CommandId>()

export interface EventRow {
  readonly position: number
  readonly stream_id: string
  readonly version: number
  readonly type: string
  readonly schema_version: number
  readonly data: string
  readonly command_id: string
  readonly command_index: number
  readonly correlation_id: string
  readonly causation_id: string | null
  readonly actor: string
  readonly occurred_at: number
  readonly traceparent: string | null
  readonly runner: string | null
}

export const columns = [
  "position",
  "stream_id",
  "version",
  "type",
  "schema_version",
  "data",
  "command_id",
  "command_index",
  "correlation_id",
  "causation_id",
  "actor",
  "occurred_at",
  "traceparent",
  "runner"
] as const

export const rowOf = (
  append: Append,
  event: NewEvent,
  data: string,
  at: { readonly position: number; readonly version: number; readonly index: number }
): EventRow => ({
  position: at.position,
  stream_id: append.streamId,
  version: at.version,
  type: event.type,
  schema_version: event.schemaVersion,
  data,
  command_id: append.commandId,
  command_index: at.index,
  correlation_id: append.meta.correlationId,
  causation_id: append.meta.causationId,
  actor: append.meta.actor,
  occurred_at: append.meta.occurredAt,
  traceparent: append.meta.traceparent,
  runner: append.meta.runner ?? null
})

export const recordedOf = (row: EventRow): RecordedEvent => ({
  eventId: eventId(streamId(row.stream_id), row.version),
  streamId: streamId(row.stream_id),
  version: version(row.version),
  position: position(String(row.position)),
  type: row.type,
  schemaVersion: row.schema_version,
  data: JSON.parse(row.data),
  commandId: commandId(row.command_id),
  correlationId: row.correlation_id,
  causationId: row.causation_id,
  actor: row.actor,
  occurredAt: row.occurred_at,
  traceparent: row.traceparent,
  ...(row.runner === null ? {} : { runner: row.runner })
})

/** A row whose data is no JSON is damaged, as SQLite would say of its page. */
export const recordedRows = (
  rows: ReadonlyArray<EventRow>
): Effect.Effect<ReadonlyArray<RecordedEvent>, SqlError> =>
  Effect.try({
    try: () => rows.map(recordedOf),
    catch: (cause) => new SqlError({ cause: { code: "SQLITE_CORRUPT", message: String(cause) } })
  })
