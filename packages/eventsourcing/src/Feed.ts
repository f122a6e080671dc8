/** The public door of one context's log: what other contexts subscribe to, typed. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { identity } from "effect/Function"
import * as Option from "effect/Option"
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
  /** The first event after a position, without waiting for one. */
  readonly first: (after: Position) => Effect.Effect<Option.Option<RecordedEvent>, EventStoreUnavailable>
  readonly decode: (recorded: RecordedEvent) => Either.Either<FeedEvent<Event>, unknown>
}

const pageSize = 64

/** Remembers what it has passed in vain: whoever waits at the end of the log asks for the same position again and again. */
const firstOf = (page: EventStore["Type"]["page"], belongs: (event: RecordedEvent) => boolean) => {
  let passed: { readonly after: Position; readonly to: Position } | undefined
  const look = (
    after: Position,
    from: Position
  ): Effect.Effect<Option.Option<RecordedEvent>, EventStoreUnavailable> =>
    Effect.flatMap(page(from, pageSize), (events) => {
      const found = events.find(belongs)
      const last = events.at(-1)
      if (found !== undefined || last === undefined) return Effect.succeed(Option.fromNullable(found))
      passed = { after, to: last.position }
      return look(after, last.position)
    })
  return (after: Position) => Effect.suspend(() => look(after, passed?.after === after ? passed.to : after))
}

/** A store may hold aggregates of several kinds: the feed carries the streams of one category, `order-…`. */
export const make = <Event>(
  store: Pick<EventStore["Type"], "feed" | "page">,
  category: string,
  codec: Pick<EventCodec<Event>, "decode">
): Feed<Event> => {
  const belongs = ({ streamId }: RecordedEvent) => streamId.startsWith(`${category}-`)
  return {
    subscribe: (after) => Stream.filter(store.feed(after), belongs),
    first: firstOf(store.page, belongs),
    decode: (recorded) =>
      Either.map(
        Either.flatMap(Either.try(() => codec.decode(recorded)), identity),
        (event): FeedEvent<Event> => ({ recorded, event })
      )
  }
}
