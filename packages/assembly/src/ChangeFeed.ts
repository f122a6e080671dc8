/**
 * The dashboard's changes, followed once per gateway and given to as many readers as there are. The newest are kept in
 * memory; a reader that comes from further back reads pages of the read model until it has caught up.
 */
import type { DashboardChange } from "@saucier/dashboard/Dashboard"
import { boardId, DashboardEntity } from "@saucier/dashboard/DashboardEntity"
import * as Ask from "@saucier/eventsourcing/Ask"
import * as Chunk from "effect/Chunk"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"

const kept = 2048
const pageSize = 256
const waitMillis = 1000

export class ChangeFeed extends Context.Tag("@saucier/assembly/ChangeFeed")<ChangeFeed, {
  /**
   * Changes after a seq, or from now on (also after a seq that is yet to come); ends only when the reader leaves. "Now" is
   * when the stream is given, not when it is first read: whatever the reader looks up afterwards, no change lies between.
   */
  readonly after: (
    seq: Option.Option<number>
  ) => Effect.Effect<Stream.Stream<DashboardChange, Ask.ServiceUnavailable>, Ask.ServiceUnavailable>
}>() {}

const make = Effect.gen(function*() {
  const board = (yield* DashboardEntity.client)(boardId)
  const ask = Ask.within("dashboard", "10 seconds")
  const changes = (after: number, waitMillis: number) =>
    ask(board.Changes({ after, limit: pageSize, waitMillis }))

  let recent: ReadonlyArray<DashboardChange> = []
  /** `recent` holds every change after `since` up to `last`. */
  let since = -1
  let last = -1
  let moved = Effect.unsafeMakeLatch(false)

  const take = (page: { readonly changes: ReadonlyArray<DashboardChange>; readonly last: number }) =>
    Effect.suspend(() => {
      if (page.changes.length === 0) return Effect.void
      recent = [...recent, ...page.changes]
      const dropped = recent.length - kept
      if (dropped > 0) {
        since = recent[dropped - 1]?.seq ?? since
        recent = recent.slice(dropped)
      }
      last = page.last
      const before = moved
      moved = Effect.unsafeMakeLatch(false)
      return before.open
    })

  const follow = Effect.gen(function*() {
    if (last < 0) {
      last = yield* ask(board.Head())
      since = last
    }
    yield* Effect.forever(Effect.flatMap(Effect.suspend(() => changes(last, waitMillis)), take))
  })
  yield* Effect.forkScoped(
    follow.pipe(
      Effect.tapError((error) => Effect.logWarning("The dashboard cannot be followed", error.message)),
      Effect.retry(Schedule.spaced("1 second"))
    )
  )

  const next = (
    after: number
  ): Effect.Effect<readonly [Chunk.Chunk<DashboardChange>, Option.Option<number>], Ask.ServiceUnavailable> =>
    Effect.suspend(() => {
      if (since >= 0 && after >= last) return Effect.flatMap(moved.await, () => next(after))
      if (since < 0) return Effect.delay(next(after), "200 millis")
      if (after < since) {
        // An empty page says that nothing lies between the reader and what is kept.
        const keptFrom = since
        return Effect.map(changes(after, 0), ({ changes, last }) => {
          const from = changes.length === 0 ? keptFrom : Math.max(after, last)
          return [Chunk.unsafeFromArray(changes), Option.some(from)] as const
        })
      }
      const from = recent.findLastIndex(({ seq }) => seq <= after) + 1
      const fresh = recent.slice(from, from + pageSize)
      return Effect.succeed([Chunk.unsafeFromArray(fresh), Option.some(fresh.at(-1)?.seq ?? last)] as const)
    })

  return ChangeFeed.of({
    after: (seq) =>
      Effect.map(
        ask(board.Head()),
        (head) => Stream.paginateChunkEffect(Math.min(Option.getOrElse(seq, () => head), head), next)
      )
  })
})

export const layer = Layer.scoped(ChangeFeed, make)
