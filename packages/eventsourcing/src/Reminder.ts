/** Durable timers that a context derives from its own feed: fired within a second of their time, whatever died meanwhile. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as Schedule from "effect/Schedule"
import * as ScheduleDecision from "effect/ScheduleDecision"
import * as ScheduleIntervals from "effect/ScheduleIntervals"
import type { Checkpoints } from "./Checkpoints.ts"
import type { RecordedEvent, StreamId } from "./Event.ts"
import type { Feed, FeedEvent } from "./Feed.ts"
import type { ParkedEvents } from "./ParkedEvents.ts"
import * as Projection from "./Projection.ts"
import { type DueReminder, Reminders } from "./Reminders.ts"
import * as Subscription from "./Subscription.ts"

/** `dueAt` is in epoch milliseconds. */
export type Timing = { readonly _tag: "At"; readonly dueAt: number } | { readonly _tag: "Clear" }

export interface Reminder<Event> {
  readonly name: string
  readonly feed: Feed<Event>
  readonly handles?: (type: string) => boolean
  /** What an event means for its stream's reminder; undefined leaves it as it is. */
  readonly schedule: (event: Event, recorded: RecordedEvent) => Timing | undefined
  /**
   * When it fires again while no event changes or clears it: by default after 5 s, then twice as long each time, up to
   * 40 s. A runner that takes over begins anew; after the schedule's end it fires no more.
   */
  readonly again?: Schedule.Schedule<unknown>
  /** Idempotent: a repeat is harmless. */
  readonly fire: (streamId: StreamId) => Effect.Effect<void, unknown>
}

export const make = <Event>(reminder: Reminder<Event>): Reminder<Event> => reminder

const maxFiring = 64
const maxWait = 500

const doubling = Schedule.union(Schedule.exponential("5 seconds"), Schedule.spaced("40 seconds"))

/** Runs for ever; only interruption ends it. */
export const run = <Event>(
  reminder: Reminder<Event>
): Effect.Effect<never, never, Checkpoints | ParkedEvents | Reminders> =>
  Effect.scoped(Effect.gen(function*() {
    const { again = doubling, name } = reminder
    const reminders = yield* Reminders
    const fork = yield* FiberSet.makeRuntime<never>()
    const turn = yield* Effect.makeSemaphore(1)
    const fired = new Map<StreamId, unknown>()
    const firing = new Set<StreamId>()
    let soonest = Number.POSITIVE_INFINITY

    const write = (last: ReadonlyMap<StreamId, Timing>) => {
      const due: Array<DueReminder> = []
      const cleared: Array<StreamId> = []
      for (const [streamId, schedule] of last) {
        fired.delete(streamId)
        if (schedule._tag === "Clear") cleared.push(streamId)
        else {
          soonest = Math.min(soonest, schedule.dueAt)
          due.push({ streamId, dueAt: schedule.dueAt })
        }
      }
      return Effect.zipRight(
        due.length === 0 ? Effect.void : reminders.set(name, due),
        cleared.length === 0 ? Effect.void : reminders.clear(name, cleared)
      )
    }

    const projection = Projection.make({
      ...reminder,
      turn,
      handleBatch: (events: ReadonlyArray<FeedEvent<Event>>) => {
        const last = new Map<StreamId, Timing>()
        for (const { event, recorded } of events) {
          const schedule = reminder.schedule(event, recorded)
          if (schedule !== undefined) last.set(recorded.streamId, schedule)
        }
        return write(last)
      }
    })

    /** Moves the reminder on before it fires, so that it fires again should the process die meanwhile. */
    const postpone = (streamId: StreamId, now: number) =>
      Effect.flatMap(
        again.step(now, undefined, fired.has(streamId) ? fired.get(streamId) : again.initial),
        ([state, , decision]) => {
          if (!ScheduleDecision.isContinue(decision)) return write(new Map([[streamId, { _tag: "Clear" }]]))
          fired.set(streamId, state)
          return reminders.set(name, [{ streamId, dueAt: ScheduleIntervals.start(decision.intervals) }])
        }
      )

    const fire = (streamId: StreamId) =>
      Effect.suspend(() => reminder.fire(streamId)).pipe(
        Effect.catchAllCause((cause) => Effect.logWarning("A reminder failed and fires again", cause)),
        Effect.annotateLogs({ reminder: name, stream: streamId }),
        Effect.ensuring(Effect.sync(() => firing.delete(streamId)))
      )

    // Beside the projection an event could clear a reminder between its being found due and being moved on.
    const takeDue = turn.withPermits(1)(Effect.gen(function*() {
      const now = yield* Clock.currentTimeMillis
      if (soonest <= now) soonest = Number.POSITIVE_INFINITY
      const due = yield* reminders.due(name, now, maxFiring - firing.size)
      yield* Effect.forEach(due, ({ streamId }) => postpone(streamId, now), { discard: true })
      return due.filter(({ streamId }) => !firing.has(streamId))
    }))

    const look = Effect.gen(function*() {
      const due = firing.size < maxFiring ? yield* takeDue : []
      for (const { streamId } of due) {
        firing.add(streamId)
        fork(fire(streamId))
      }
      const now = yield* Clock.currentTimeMillis
      yield* Effect.sleep(Math.max(1, Math.min(maxWait, soonest - now)))
    })

    yield* Effect.forkScoped(
      Subscription.forever(name, (progress) => Effect.forever(Effect.map(look, progress)))
    )
    return yield* Projection.run(projection)
  }))
