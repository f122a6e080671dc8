/** The public door of one context's log: what other contexts subscribe to, typed. */
import * as Either from "effect/Either"
import { identity } from "effect/Function"
import * as Stream from "effect/Stream"
import type { Position, RecordedEvent } from "./Event.ts"
import type { EventCodec } from "./EventCodec.ts"
import type { EventStore, EventStoreUnavailable } from "./EventStore.ts"

export interface FeedEvent<Event> {
  readonly recorded: RecordedEvent
  readonly event: Event
}

/**
 * The ordered, resumable stream of a context's events: catch-up and live in one.
 *
 * Events arrive as they were recorded and are decoded one by one, so that one that cannot be read (damaged, or of a
 * type that only a newer publisher knows) is its own aggregate's trouble and not the stream's.
 */
export interface Feed<Event> {
  readonly subscribe: (after: Position) => Stream.Stream<RecordedEvent, EventStoreUnavailable>
  readonly decode: (recorded: RecordedEvent) => Either.Either<FeedEvent<Event>, unknown>
}

/** A store may hold aggregates of several kinds: the feed carries the streams of one category, `order-…`. */
export const make = <Event>(
  store: Pick<EventStore["Type"], "feed">,
  category: string,
  codec: Pick<EventCodec<Event>, "decode">
): Feed<Event> => ({
  subscribe: (after) =>
    Stream.filter(store.feed(after), ({ streamId }) => streamId.startsWith(`${category}-`)),
  decode: (recorded) =>
    Either.map(
      Either.flatMap(Either.try(() => codec.decode(recorded)), identity),
      (event): FeedEvent<Event> => ({ recorded, event })
    )
})
