import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { StreamId } from "./Event.ts"
import type { EventStoreUnavailable } from "./EventStore.ts"

/** A stream that wants to be woken. `dueAt` is in epoch milliseconds. */
export interface DueReminder {
  readonly streamId: StreamId
  readonly dueAt: number
}

/**
 * Port to durable wake-up times, at most one per name and stream, kept in the subscriber's database.
 *
 * - `set` replaces the streams' times, `clear` removes them; both join the transaction they run in.
 * - `due` gives at most `limit` streams whose time has come, the earliest first.
 */
export class Reminders extends Context.Tag("@saucier/eventsourcing/Reminders")<Reminders, {
  readonly set: (
    name: string,
    reminders: ReadonlyArray<DueReminder>
  ) => Effect.Effect<void, EventStoreUnavailable>
  readonly clear: (
    name: string,
    streamIds: ReadonlyArray<StreamId>
  ) => Effect.Effect<void, EventStoreUnavailable>
  readonly due: (
    name: string,
    now: number,
    limit: number
  ) => Effect.Effect<ReadonlyArray<DueReminder>, EventStoreUnavailable>
}>() {}
