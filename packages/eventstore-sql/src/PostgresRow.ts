/** An event as a row of `events` in PostgreSQL, and back. Numbers of 64 bits come as text. */
import { SqlError } from "@effect/sql/SqlError"
import { eventId, Position, type RecordedEvent, StreamId, Version } from "@saucier/eventsourcing/Event"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as Brand from "effect/Brand"
import * as Effect from "effect/Effect"
import * as PostgresText from "./PostgresText.ts"

/** What was valid when it was stored is not checked again. */
const brandStreamId = Brand.nominal<StreamId>()
const brandVersion = Brand.nominal<Version>()
const brandPosition = Brand.nominal<Position>()
const brandCommandId = Brand.nominal<CommandId>()

export interface PostgresRow {
  readonly transaction_id: string
  readonly position: string
  readonly stream_id: string
  readonly version: string
  readonly type: string
  readonly schema_version: string
  readonly data: string
  readonly command_id: string
  readonly correlation_id: string
  readonly causation_id: string | null
  readonly actor: string
  readonly occurred_at: number
  readonly traceparent: string | null
  readonly runner: string | null
}

export const columns =
  "transaction_id, position, stream_id, version, type, schema_version, data, command_id, correlation_id, " +
  "causation_id, actor, occurred_at, traceparent, runner"

/** The log's order is the transaction first, then the position in the sequence. */
export const positionOf = (row: Pick<PostgresRow, "transaction_id" | "position">): Position =>
  brandPosition(`${row.transaction_id}.${row.position}`)

/** What `positionOf` gave, or the beginning, as the two numbers that it is made of. */
export const placeOf = (
  position: Position
): Effect.Effect<{ readonly transaction: string; readonly position: string }> => {
  if (position === "") return Effect.succeed({ transaction: "0", position: "0" })
  const [, transaction, place] = /^(\d{1,20})\.(\d{1,19})$/.exec(position) ?? []
  return transaction === undefined || place === undefined
    ? Effect.dieMessage(`${position} is not a position of this store`)
    : Effect.succeed({ transaction, position: place })
}

const recordedOf = (row: PostgresRow): RecordedEvent => {
  const streamId = brandStreamId(PostgresText.decode(row.stream_id))
  const version = brandVersion(Number(row.version))
  return {
    eventId: eventId(streamId, version),
    streamId,
    version,
    position: positionOf(row),
    type: PostgresText.decode(row.type),
    schemaVersion: Number(row.schema_version),
    data: JSON.parse(row.data),
    commandId: brandCommandId(PostgresText.decode(row.command_id)),
    correlationId: PostgresText.decode(row.correlation_id),
    causationId: PostgresText.decodeNullable(row.causation_id),
    actor: PostgresText.decode(row.actor),
    occurredAt: row.occurred_at,
    traceparent: PostgresText.decodeNullable(row.traceparent),
    ...(row.runner === null ? {} : { runner: PostgresText.decode(row.runner) })
  }
}

/** A row whose data is no JSON is damaged, as PostgreSQL would say of its page. */
export const recordedRows = (
  rows: ReadonlyArray<PostgresRow>
): Effect.Effect<ReadonlyArray<RecordedEvent>, SqlError> =>
  Effect.try({
    try: () => rows.map(recordedOf),
    catch: (cause) => new SqlError({ cause: { code: "XX001", message: String(cause) } })
  })
