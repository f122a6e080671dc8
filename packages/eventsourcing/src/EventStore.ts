import type { CommandId } from "@saucier/kernel/CommandMeta"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Stream from "effect/Stream"
import type { EventMeta, NewEvent, Position, RecordedEvent, StreamId, Version } from "./Event.ts"

/**
 * Why a store could not serve. `in-use`: another process holds the database. `unreachable`: no connection, or it broke.
 * `timeout`: it took longer than it may. `unknown` carries the driver's own words.
 */
export const UnavailableReason = Schema.Literal(
  "locked",
  "in-use",
  "read-only",
  "full",
  "corrupt",
  "closed",
  "unreachable",
  "timeout",
  "unknown"
)
export type UnavailableReason = typeof UnavailableReason.Type

/**
 * The infrastructure could not: retry later with the same command id. Whether a failed append took effect is not
 * known, and need not be: the repeat finds what was recorded.
 */
export class EventStoreUnavailable
  extends Schema.TaggedError<EventStoreUnavailable>()("EventStoreUnavailable", {
    store: Schema.String,
    reason: UnavailableReason,
    detail: Schema.String
  })
{
  override get message() {
    return `The event store ${this.store} is unavailable (${this.reason}): ${this.detail}`
  }
}

/** Somebody else wrote to the stream first. `actual` is the version that stands there. */
export class VersionConflict extends Data.TaggedError("VersionConflict")<{
  readonly streamId: StreamId
  readonly expected: Version
  readonly actual: Version
}> {}

export interface Append {
  readonly streamId: StreamId
  readonly expected: Version
  readonly commandId: CommandId
  readonly events: ReadonlyArray<NewEvent>
  readonly meta: EventMeta
}

/** `repeated`: the command had been recorded before, and `events` are the ones recorded then. */
export interface Appended {
  readonly repeated: boolean
  readonly events: ReadonlyArray<RecordedEvent>
}

/**
 * Port to one context's append-only log. Adapters must pass `test/EventStoreContract.ts`.
 *
 * - `append` is all or nothing, replies after the commit, and checks the command id before the version.
 * - `feed` gives every event after `after` in log order, for ever: catch-up and live in one, at the reader's pace.
 * - `page` gives at most `limit` events after `after`, without waiting.
 * - `newest` gives the last `limit` of what `page` would give, in log order, and reads no more than those.
 */
export class EventStore extends Context.Tag("@saucier/eventsourcing/EventStore")<EventStore, {
  readonly read: (
    streamId: StreamId,
    after: Version
  ) => Effect.Effect<ReadonlyArray<RecordedEvent>, EventStoreUnavailable>
  readonly append: (append: Append) => Effect.Effect<Appended, VersionConflict | EventStoreUnavailable>
  readonly page: (
    after: Position,
    limit: number
  ) => Effect.Effect<ReadonlyArray<RecordedEvent>, EventStoreUnavailable>
  readonly newest: (limit: number) => Effect.Effect<ReadonlyArray<RecordedEvent>, EventStoreUnavailable>
  readonly feed: (after: Position) => Stream.Stream<RecordedEvent, EventStoreUnavailable>
}>() {}
