/** A feed made of pages and wake-ups: what a store needs besides `page` to be followed live. */
import * as Chunk from "effect/Chunk"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberId from "effect/FiberId"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { Position, RecordedEvent } from "./Event.ts"
import * as Monotonic from "./Monotonic.ts"

const pageSize = 256

export interface PagedFeed<out E> {
  /** A hint that there may be more; called after a commit, safe to call at any time. */
  readonly wake: Effect.Effect<void>
  readonly from: (after: Position) => Stream.Stream<RecordedEvent, E>
}

export interface Options {
  /** Covers writers that cannot wake. */
  readonly poll?: Duration.DurationInput
  /**
   * The least time between two pages of a reader that follows live: an event that comes alone is read at once, and a
   * busy log in pages worth their transaction.
   */
  readonly gather?: Duration.DurationInput
}

/** What the first who came to `after` since the wake-up before `until` reads for all who come there. */
interface Shared<E> {
  readonly until: Deferred.Deferred<void>
  readonly after: Position
  /** Nothing where he was interrupted. */
  readonly events: Deferred.Deferred<ReadonlyArray<RecordedEvent> | undefined, E>
}

/**
 * Pages are pulled by the reader, so a slow one holds one page at most. The next wake-up is subscribed to before the page
 * is read: a commit in between is seen by the page or wakes the wait. A wake-up finds most readers at the end of the log,
 * and they share one page.
 */
export const make = <E>(
  page: (after: Position, limit: number) => Effect.Effect<ReadonlyArray<RecordedEvent>, E>,
  { gather = 0, poll }: Options = {}
): Effect.Effect<PagedFeed<E>, never, Scope.Scope> =>
  Effect.gen(function*() {
    const gatherMillis = Duration.toMillis(gather)
    let next = Deferred.unsafeMake<void>(FiberId.none)
    const wake = Effect.sync(() => {
      const woken = next
      next = Deferred.unsafeMake(FiberId.none)
      Deferred.unsafeDone(woken, Exit.void)
    })
    let shared: Shared<E> | undefined
    const read = (after: Position): Effect.Effect<ReadonlyArray<RecordedEvent>, E> =>
      Effect.uninterruptibleMask((restore) =>
        Effect.suspend(() => {
          if (shared?.until === next && shared.after === after) {
            return restore(
              Effect.flatMap(
                Deferred.await(shared.events),
                (events) => events === undefined ? read(after) : Effect.succeed(events)
              )
            )
          }
          const own: Shared<E> = { until: next, after, events: Deferred.unsafeMake(FiberId.none) }
          shared = own
          return Effect.flatMap(Effect.exit(restore(page(after, pageSize))), (exit) => {
            if (Exit.isFailure(exit) && shared === own) shared = undefined
            Deferred.unsafeDone(own.events, Exit.isInterrupted(exit) ? Exit.succeed(undefined) : exit)
            return exit
          })
        })
      )
    if (poll !== undefined) yield* Effect.forkScoped(Effect.repeat(wake, Schedule.spaced(poll)))

    const follow = (after: Position) =>
      Effect.sync(() => {
        let position = after
        let readAt = Number.NEGATIVE_INFINITY
        const gathered = Effect.flatMap(
          Monotonic.millis,
          (now) => now - readAt < gatherMillis ? Effect.sleep(readAt + gatherMillis - now) : Effect.void
        )

        const pull: Effect.Effect<ReadonlyArray<RecordedEvent>, E> = Effect.suspend(() => {
          const subscribed = next
          return Effect.flatMap(read(position), (events) => {
            const last = events.at(-1)
            if (last === undefined) {
              return Effect.zipRight(Effect.zipRight(Deferred.await(subscribed), gathered), pull)
            }
            position = last.position
            return Effect.map(Monotonic.millis, (now) => {
              readAt = now
              return events
            })
          })
        })
        return Stream.repeatEffectChunk(Effect.map(pull, Chunk.unsafeFromArray))
      })

    return { wake, from: (after) => Stream.unwrap(follow(after)) }
  })
