/** A policy turns one context's events into commands to another: at least once each, in order per aggregate. */
import * as CrashPoint from "@saucier/kernel/CrashPoint"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { Checkpoints } from "./Checkpoints.ts"
import type { Position, RecordedEvent } from "./Event.ts"
import type { ParkedEvents } from "./ParkedEvents.ts"
import * as Subscription from "./Subscription.ts"
import * as SubscriptionCheckpoint from "./SubscriptionCheckpoint.ts"
import * as Failure from "./SubscriptionFailure.ts"
import * as SubscriptionGauges from "./SubscriptionGauges.ts"
import * as SubscriptionLanes from "./SubscriptionLanes.ts"
import * as SubscriptionParking from "./SubscriptionParking.ts"
import * as SubscriptionTasks from "./SubscriptionTasks.ts"

export interface Policy<Event> extends Subscription.Subscription<Event> {
  /** Idempotent. Undefined says that there is nothing to do. */
  readonly handle: SubscriptionTasks.Handle<Event>
  /** How many aggregates are served at once. */
  readonly concurrency: number
  /** How many events may wait or be under way; beyond, the feed waits. */
  readonly window: number
}

type Defaulted = "handles" | "transient" | "maxTries" | "concurrency" | "window"

export const make = <Event>(
  policy: Omit<Policy<Event>, Defaulted> & Partial<Pick<Policy<Event>, Defaulted>>
): Policy<Event> => ({
  handles: () => true,
  transient: Failure.transient,
  maxTries: Subscription.defaultTries,
  concurrency: 64,
  window: 1024,
  ...policy
})

const session = <Event>(policy: Policy<Event>) =>
  Effect.gen(function*() {
    const checkpoints = yield* Checkpoints
    const parking = yield* SubscriptionParking.make(policy)
    const tasks = SubscriptionTasks.make(policy, parking, yield* CrashPoint.around)
    const count = Subscription.counter(policy.name)
    const room = yield* Effect.makeLatch(true)
    /** Unfinished events in log order, each by the position that the checkpoint may keep meanwhile. */
    const unfinished = new Set<{ readonly before: Position }>()
    const loaded = yield* checkpoints.load(policy.name)
    let seen = loaded

    const checkpoint = yield* SubscriptionCheckpoint.make({
      loaded,
      // Two that serve one policy for a moment may move it back: its commands are known by their ids.
      move: (_, to) => checkpoints.commit(policy.name, to, Effect.void),
      watermark: () => {
        for (const { before } of unfinished) return before
        return seen
      },
      turn: yield* Effect.makeSemaphore(1)
    })
    yield* Effect.addFinalizer(() =>
      Effect.ignoreLogged(Effect.timeout(Effect.interruptible(checkpoint.save), "2 seconds"))
    )
    const lanes = yield* SubscriptionLanes.make(policy.concurrency)

    const admit = (recorded: RecordedEvent) => {
      const mark = { before: seen }
      seen = recorded.position
      if (!policy.handles(recorded.type)) return
      unfinished.add(mark)
      lanes.add(
        recorded.streamId,
        tasks.event(recorded, () => {
          unfinished.delete(mark)
          checkpoint.moved()
          if (unfinished.size <= policy.window * 0.75) room.unsafeOpen()
        })
      )
    }

    const take = (events: ReadonlyArray<RecordedEvent>, from: number): Effect.Effect<void> => {
      for (const [index, recorded] of events.slice(from).entries()) {
        if (unfinished.size >= policy.window) {
          room.unsafeClose()
          lanes.start()
          return Effect.flatMap(room.await, () => take(events, from + index))
        }
        admit(recorded)
      }
      lanes.start()
      checkpoint.moved()
      return Effect.void
    }

    yield* Effect.forkScoped(parking.watch((streamId, served) =>
      Effect.sync(() => {
        lanes.add(streamId, tasks.serving(streamId, served))
        lanes.start()
      })
    ))

    // A feed that breaks off is taken up where it stopped: what came before is in the lanes.
    return yield* Subscription.forever(policy.name, (progress) =>
      Stream.runForEachChunk(
        Stream.suspend(() => policy.feed.subscribe(seen)),
        (chunk) =>
          Effect.suspend(() => {
            progress()
            count(chunk.length)
            return take(Chunk.toReadonlyArray(chunk), 0)
          })
      ))
  })

/** Runs for ever; only interruption ends it, and leaves the checkpoint saved. */
export const run = <Event>(policy: Policy<Event>): Effect.Effect<never, never, Checkpoints | ParkedEvents> =>
  SubscriptionGauges.shown(policy.name, policy.feed)(
    Subscription.forever(policy.name, () => Effect.scoped(session(policy)))
  )
