/** How a projection takes events: many in one transaction with the checkpoint, one by one where one of them fails. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import type { Position, RecordedEvent, StreamId } from "./Event.ts"
import type { FeedEvent } from "./Feed.ts"
import type { Subscription } from "./Subscription.ts"
import * as Failure from "./SubscriptionFailure.ts"
import type { SubscriptionParking } from "./SubscriptionParking.ts"
import * as Traced from "./Traced.ts"

export type HandleBatch<Event> = (events: ReadonlyArray<FeedEvent<Event>>) => Effect.Effect<void, unknown>

export interface SubscriptionBatches {
  /** Fails only by the infrastructure, and then whether the last transaction took effect is not known. */
  readonly take: (events: ReadonlyArray<RecordedEvent>) => Effect.Effect<void, unknown>
  readonly serve: (streamId: StreamId) => Effect.Effect<void, unknown>
}

export const make = <Event>(
  projection: Subscription<Event> & {
    readonly handleBatch: HandleBatch<Event>
    readonly after: Effect.Effect<void>
  },
  parking: SubscriptionParking,
  log: {
    readonly seen: () => Position
    /** Nothing to write up to here. */
    readonly pass: (position: Position) => void
    /** Writes, and moves the checkpoint there, in one transaction. */
    readonly commit: (position: Position, write: Effect.Effect<void, unknown>) => Effect.Effect<void, unknown>
  }
): SubscriptionBatches => {
  const handle = (events: ReadonlyArray<FeedEvent<Event>>) =>
    Effect.suspend(() => projection.handleBatch(events)).pipe(
      Traced.batch(projection.name, events.map(({ recorded }) => recorded))
    )

  const write = (position: Position, rows: Effect.Effect<void, unknown>) =>
    Effect.zipRight(log.commit(position, rows), projection.after)

  const setAside = (recorded: RecordedEvent, error: string | null, tries: number) =>
    Effect.map(
      log.commit(recorded.position, parking.park(recorded, error, tries)),
      () => parking.parked(recorded)
    )

  /** A poisoned event is set aside at its first failure and tried further there, so that nothing waits behind it. */
  const blame = (recorded: RecordedEvent) => (cause: Cause.Cause<unknown>): Effect.Effect<void, unknown> =>
    Failure.isTransient(cause, projection.transient)
      ? Effect.failCause(cause)
      : Effect.logError("An event is parked", cause).pipe(
        Effect.annotateLogs({ event: recorded.eventId }),
        Effect.zipRight(setAside(recorded, Failure.render(cause), 1))
      )

  const takeOne = (recorded: RecordedEvent): Effect.Effect<void, unknown> =>
    Effect.suspend(() => {
      const admission = projection.handles(recorded.type) ? parking.admit(recorded) : "settled"
      if (admission === "settled") return Effect.sync(() => log.pass(recorded.position))
      if (admission === "behind") return setAside(recorded, null, 0)
      return Effect.catchAllCause(
        Effect.flatMap(
          projection.feed.decode(recorded),
          (event) => write(recorded.position, handle([event]))
        ),
        blame(recorded)
      )
    })

  /** The longest run from the front that can share a transaction: readable, and of streams that are not parked. */
  const runOf = (events: ReadonlyArray<RecordedEvent>) => {
    const run: Array<FeedEvent<Event>> = []
    let length = 0
    for (const recorded of events) {
      const admission = projection.handles(recorded.type) ? parking.admit(recorded) : "settled"
      if (admission === "behind") break
      if (admission === "handle") {
        const decoded = projection.feed.decode(recorded)
        if (decoded._tag === "Left") break
        run.push(decoded.right)
      }
      length += 1
    }
    return { run, length }
  }

  const takeRun = (
    run: ReadonlyArray<FeedEvent<Event>>,
    events: ReadonlyArray<RecordedEvent>
  ): Effect.Effect<void, unknown> => {
    const last = events.at(-1)
    if (last === undefined) return Effect.void
    if (run.length === 0) return Effect.sync(() => log.pass(last.position))
    return Effect.catchAllCause(
      write(last.position, handle(run)),
      (cause) =>
        Failure.isTransient(cause, projection.transient)
          ? Effect.failCause(cause)
          : Effect.forEach(events, takeOne, { discard: true })
    )
  }

  const take = (events: ReadonlyArray<RecordedEvent>): Effect.Effect<void, unknown> =>
    Effect.suspend(() => {
      const [first] = events
      if (first === undefined) return Effect.void
      const { length, run } = runOf(events)
      const head = length === 0 ? takeOne(first) : takeRun(run, events.slice(0, length))
      return Effect.zipRight(head, take(events.slice(Math.max(1, length))))
    })

  return {
    take,
    serve: (streamId) =>
      parking.serve(streamId, (recorded, forget) =>
        Effect.flatMap(
          projection.feed.decode(recorded),
          (event) => write(log.seen(), Effect.zipRight(handle([event]), forget))
        ))
  }
}
