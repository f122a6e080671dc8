/** Durable timers that a context derives from its own feed: fired within a second of their time, whatever died meanwhile. */
import * as CrashPoint from "@saucier/kernel/CrashPoint"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as Queue from "effect/Queue"
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
import * as Traced from "./Traced.ts"

/** `dueAt` is in epoch milliseconds, and at least a second after its event: sooner ones may be that much late. */
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
    const around = yield* CrashPoint.around
    const fork = yield* FiberSet.makeRuntime<never>()
    const turn = yield* Effect.makeSemaphore(1)
    const fired = new Map<StreamId, unknown>()
    const firing = new Set<StreamId>()
    const freed = yield* Queue.sliding<void>(1)
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
      rest: maxWait,
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

    const next = (streamId: StreamId, now: number) =>
      Effect.map(
        again.step(now, undefined, fired.has(streamId) ? fired.get(streamId) : again.initial),
        ([state, , decision]): readonly [StreamId, unknown, Timing] => [
          streamId,
          state,
          ScheduleDecision.isContinue(decision)
            ? { _tag: "At", dueAt: ScheduleIntervals.start(decision.intervals) }
            : { _tag: "Clear" }
        ]
      )

    /** Moves reminders on before they fire, so that they fire again should the process die meanwhile. */
    const postpone = (due: ReadonlyArray<DueReminder>, now: number) =>
      Effect.gen(function*() {
        const steps = yield* Effect.forEach(due, ({ streamId }) => next(streamId, now))
        if (steps.length === 0) return
        yield* write(new Map(steps.map(([streamId, , timing]) => [streamId, timing]))).pipe(
          around(() => [`postpone ${name}`])
        )
        for (const [streamId, state, { _tag }] of steps) if (_tag === "At") fired.set(streamId, state)
      })

    const fire = (streamId: StreamId) =>
      Effect.suspend(() => reminder.fire(streamId)).pipe(
        around(() => [`fire ${name}`]),
        Traced.entry(name, { "saucier.stream.id": streamId }),
        Effect.catchAllCause((cause) => Effect.logWarning("A reminder failed and fires again", cause)),
        Effect.annotateLogs({ reminder: name, stream: streamId }),
        Effect.ensuring(Effect.sync(() => {
          firing.delete(streamId)
          freed.unsafeOffer(undefined)
        }))
      )

    // Beside the projection an event could clear a reminder between its being found due and being moved on.
    const takeDue = turn.withPermits(1)(Effect.gen(function*() {
      const now = yield* Clock.currentTimeMillis
      if (soonest <= now) soonest = Number.POSITIVE_INFINITY
      const due = yield* reminders.due(name, now, maxFiring - firing.size)
      yield* postpone(due, now)
      return due
    }))

    /** Sleeps until something may be due, or there is room again for what is. */
    const look = Effect.gen(function*() {
      const room = maxFiring - firing.size
      const due = room > 0 ? yield* takeDue : []
      for (const { streamId } of due) {
        if (firing.has(streamId)) continue
        firing.add(streamId)
        fork(fire(streamId))
      }
      const now = yield* Clock.currentTimeMillis
      const pause = Math.max(1, Math.min(maxWait, soonest - now))
      yield* due.length < room ? Effect.sleep(pause) : Effect.timeoutOption(Queue.take(freed), maxWait)
    })

    yield* Effect.forkScoped(
      Subscription.forever(name, (progress) => Effect.forever(Effect.map(look, progress)))
    )
    return yield* Projection.run(projection)
  }))
