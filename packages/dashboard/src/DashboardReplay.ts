/** Replays one feed into a generation in the making, up to a position that the serving one has reached. */
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import type { Position, RecordedEvent, StreamId } from "@saucier/eventsourcing/Event"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import type { Feed, FeedEvent } from "@saucier/eventsourcing/Feed"
import type { OrderId } from "@saucier/kernel/Ids"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Stream from "effect/Stream"
import * as DashboardWriter from "./DashboardWriter.ts"
import type { Evolve } from "./OrderFacets.ts"

const batch = 500

export interface DashboardReplay {
  /** The serving projection, which is the name of its checkpoint. */
  readonly name: string
  /** A replay to be used once: what cannot be decoded stops its stream, as it does in the serving projection. */
  readonly begin: (generation: number) => (
    from: Position,
    to: Position,
    done: (events: number) => Effect.Effect<void>
  ) => Effect.Effect<void, EventStoreUnavailable>
}

export const make = <Event extends { readonly orderId: OrderId }>(
  name: string,
  feed: Feed<Event>,
  evolve: Evolve<Event>
) =>
  Effect.gen(function*() {
    const writer = yield* DashboardWriter.make
    const checkpoints = yield* Checkpoints

    const begin: DashboardReplay["begin"] = (generation) => {
      const poisoned = new Set<StreamId>()
      const decode = (recorded: RecordedEvent): ReadonlyArray<FeedEvent<Event>> => {
        if (poisoned.has(recorded.streamId)) return []
        return Either.match(feed.decode(recorded), {
          onLeft: () => {
            poisoned.add(recorded.streamId)
            return []
          },
          onRight: (event) => [event]
        })
      }
      return (from, to, done) =>
        from === to ? Effect.void : feed.subscribe(from).pipe(
          Stream.takeUntil(({ position }) => position === to),
          Stream.rechunk(batch),
          Stream.runForEachChunk((chunk) => {
            const write = writer.prepare(generation, evolve, Chunk.toReadonlyArray(chunk).flatMap(decode))
            return checkpoints.commit(`${name}.rebuild`, to, write).pipe(
              Effect.zipRight(done(chunk.length)),
              Effect.zipRight(Effect.sleep("1 millis"))
            )
          })
        )
    }
    const replay: DashboardReplay = { name, begin }
    return replay
  })
