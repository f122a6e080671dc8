/** The vocabulary of the log: where events stand and what is recorded with each. */
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as Schema from "effect/Schema"

/** Events of one aggregate: `<category>-<aggregate id>`, e.g. `order-ord_01h…`. */
export const StreamId = Schema.NonEmptyString.pipe(Schema.maxLength(200), Schema.brand("StreamId"))
export type StreamId = typeof StreamId.Type

/** Count of events within a stream; the first event has version 1. */
export const Version = Schema.NonNegativeInt.pipe(Schema.brand("Version"))
export type Version = typeof Version.Type

/** Place in one store's whole log; opaque to all but the adapter that made it. */
export const Position = Schema.String.pipe(Schema.brand("Position"))
export type Position = typeof Position.Type

/** Before the first event of any store. */
export const start: Position = Position.make("")

/** An event as a decider's shell hands it over: `data` is JSON. */
export interface NewEvent {
  readonly type: string
  readonly schemaVersion: number
  readonly data: unknown
}

/**
 * An event as it stands in the log.
 *
 * `eventId` is `<streamId>/<version>`: unique by itself, so a policy that derives its command id from it is idempotent.
 * `occurredAt` is in epoch milliseconds; `traceparent` is W3C, or null when nothing was traced; `runner` is the process
 * that appended, where it is known.
 */
export const RecordedEvent = Schema.Struct({
  eventId: Schema.String,
  streamId: StreamId,
  version: Version,
  position: Position,
  type: Schema.NonEmptyString,
  schemaVersion: Schema.Int,
  data: Schema.Unknown,
  commandId: CommandId,
  correlationId: Schema.String,
  causationId: Schema.NullOr(Schema.String),
  actor: Schema.String,
  occurredAt: Schema.Number,
  traceparent: Schema.NullOr(Schema.String),
  runner: Schema.optionalWith(Schema.String, { exact: true })
})
export type RecordedEvent = typeof RecordedEvent.Type

/** What is recorded with every event of one append. */
export type EventMeta = Pick<
  RecordedEvent,
  "correlationId" | "causationId" | "actor" | "occurredAt" | "traceparent" | "runner"
>

export const eventId = (streamId: StreamId, version: number): string => `${streamId}/${version}`
