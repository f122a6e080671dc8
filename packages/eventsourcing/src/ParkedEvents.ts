import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { RecordedEvent, StreamId } from "./Event.ts"
import type { EventStoreUnavailable } from "./EventStore.ts"

/** What an operator asked for: try the stream's parked events again, or drop the poisoned one and go on. */
export const ParkedRequest = Schema.Literal("retry", "skip")
export type ParkedRequest = typeof ParkedRequest.Type

/**
 * An event that a subscription set aside. The first of a stream is the poisoned one, with its `error` and `tries`;
 * those after it wait for it, so that the aggregate's order holds. `parkedAt` is in epoch milliseconds.
 */
export const ParkedEvent = Schema.Struct({
  subscription: Schema.String,
  event: RecordedEvent,
  error: Schema.NullOr(Schema.String),
  tries: Schema.Int,
  parkedAt: Schema.Number,
  request: Schema.NullOr(ParkedRequest)
})
export type ParkedEvent = typeof ParkedEvent.Type

/**
 * Port to the events that subscriptions have set aside, kept in the subscriber's database.
 *
 * - `park` replaces what is parked of the same subscription and event, and clears its request.
 * - `list` is ordered by subscription, stream and version; without a subscription it lists all.
 * - `request` marks the stream's first parked event and tells whether there was one.
 * - `remove` forgets one event. Like `park`, it joins the transaction it runs in.
 */
export class ParkedEvents extends Context.Tag("@saucier/eventsourcing/ParkedEvents")<ParkedEvents, {
  readonly park: (parked: Omit<ParkedEvent, "request">) => Effect.Effect<void, EventStoreUnavailable>
  readonly list: (subscription?: string) => Effect.Effect<ReadonlyArray<ParkedEvent>, EventStoreUnavailable>
  readonly request: (
    subscription: string,
    streamId: StreamId,
    request: ParkedRequest
  ) => Effect.Effect<boolean, EventStoreUnavailable>
  readonly remove: (subscription: string, eventId: string) => Effect.Effect<void, EventStoreUnavailable>
}>() {}
