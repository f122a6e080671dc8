/**
 * The log of a context whose store only its own process can open, as it is with a file: read through the cluster, by asking
 * the context's operator. A reader pulls pages of bounded size and waits at the publisher's for the next one; nothing is
 * kept on the way, so a reader that was cut off resumes where it stopped.
 */
import type { Sharding } from "@effect/cluster/Sharding"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as Ask from "./Ask.ts"
import type { Position, RecordedEvent } from "./Event.ts"
import { EventStore, EventStoreUnavailable, type UnavailableReason } from "./EventStore.ts"
import * as OperatorEntity from "./OperatorEntity.ts"

const pageSize = 256

/** Short, since a publisher that ends waits for those who wait at it. */
const waitMillis = 1000

/** After a page that was not full: what came meanwhile comes in one. */
const gather = "200 millis"

const make = (context: string) =>
  Effect.gen(function*() {
    const operator = (yield* OperatorEntity.make(context).client)(OperatorEntity.operatorId)
    const unavailable = (reason: UnavailableReason, detail: string) =>
      new EventStoreUnavailable({ store: context, reason, detail })
    const answerWithin = Ask.within(context, "10 seconds")

    const ask = (after: Position, limit: number, waitMillis: number) =>
      answerWithin(operator.Events({ after, limit: Math.min(limit, pageSize), waitMillis })).pipe(
        Effect.catchTags({
          ServiceUnavailable: ({ detail }) => unavailable("unreachable", detail),
          UnknownPosition: ({ message }) => Effect.dieMessage(message)
        })
      )

    const page = (
      after: Position,
      limit: number
    ): Effect.Effect<ReadonlyArray<RecordedEvent>, EventStoreUnavailable> =>
      Effect.flatMap(ask(after, limit, 0), (events) => {
        const last = events.at(-1)
        return last === undefined || events.length === limit
          ? Effect.succeed(events)
          : Effect.map(page(last.position, limit - events.length), (more) => [...events, ...more])
      })

    const follow = (after: Position) =>
      Effect.sync(() => {
        let position = after
        let rest: Effect.Effect<void> = Effect.void
        const pull: Effect.Effect<Chunk.Chunk<RecordedEvent>, EventStoreUnavailable> = Effect.suspend(() =>
          Effect.flatMap(Effect.zipRight(rest, ask(position, pageSize, waitMillis)), (events) => {
            rest = events.length === 0 || events.length === pageSize ? Effect.void : Effect.sleep(gather)
            position = events.at(-1)?.position ?? position
            return events.length === 0 ? pull : Effect.succeed(Chunk.unsafeFromArray(events))
          })
        )
        return Stream.repeatEffectChunk(pull)
      })

    const own = unavailable("read-only", "only its own process can open it; others follow its feed")

    return EventStore.of({
      page,
      newest: (limit) =>
        Effect.catchTag(
          answerWithin(operator.Newest({ limit })),
          "ServiceUnavailable",
          ({ detail }) => unavailable("unreachable", detail)
        ),
      feed: (after) => Stream.unwrap(follow(after)),
      read: () => own,
      append: () => own
    })
  })

/** Never in the process that hosts the context: there the store itself is at hand. */
export const layer = (context: string): Layer.Layer<EventStore, never, Sharding> =>
  Layer.effect(EventStore, make(context))
