/** A feed made of pages and wake-ups: what a store needs besides `page` to be followed live. */
import * as Chunk from "effect/Chunk"
import * as Deferred from "effect/Deferred"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberId from "effect/FiberId"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { Position, RecordedEvent } from "./Event.ts"

const pageSize = 256

export interface PagedFeed<out E> {
  /** A hint that there may be more; called after a commit, safe to call at any time. */
  readonly wake: Effect.Effect<void>
  readonly from: (after: Position) => Stream.Stream<RecordedEvent, E>
}

/**
 * Pages are pulled by the reader, so a slow one holds one page at most. The next wake-up is subscribed to before the page
 * is read: a commit in between is seen by the page or wakes the wait. `poll` covers writers that cannot wake.
 */
export const make = <E>(
  page: (after: Position, limit: number) => Effect.Effect<ReadonlyArray<RecordedEvent>, E>,
  poll?: Duration.DurationInput
): Effect.Effect<PagedFeed<E>, never, Scope.Scope> =>
  Effect.gen(function*() {
    let next = Deferred.unsafeMake<void>(FiberId.none)
    const wake = Effect.sync(() => {
      const woken = next
      next = Deferred.unsafeMake(FiberId.none)
      Deferred.unsafeDone(woken, Exit.void)
    })
    if (poll !== undefined) yield* Effect.forkScoped(Effect.repeat(wake, Schedule.spaced(poll)))

    const pull = (after: Position): Effect.Effect<readonly [ReadonlyArray<RecordedEvent>, Position], E> =>
      Effect.suspend(() => {
        const subscribed = next
        return Effect.flatMap(page(after, pageSize), (events) => {
          const last = events.at(-1)
          return last === undefined
            ? Effect.zipRight(Deferred.await(subscribed), pull(after))
            : Effect.succeed([events, last.position] as const)
        })
      })

    return {
      wake,
      from: (after) =>
        Stream.unfoldChunkEffect(after, (position) =>
          Effect.map(pull(position), ([events, last]) =>
            Option.some([Chunk.fromIterable(events), last] as const)))
    }
  })
