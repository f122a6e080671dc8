/** The streams that a subscription has set aside, and what operators ask about them. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { RecordedEvent, StreamId } from "./Event.ts"
import type { EventStoreUnavailable } from "./EventStore.ts"
import { type ParkedEvent, ParkedEvents } from "./ParkedEvents.ts"
import * as Failure from "./SubscriptionFailure.ts"
import * as SubscriptionGauges from "./SubscriptionGauges.ts"

/** `settled`: dealt with before a restart. `behind`: waits for a parked event of its stream. */
export type Admission = "handle" | "settled" | "behind"

/** Handles one parked event again; `forget` removes it and belongs to the same transaction where there is one. */
export type Attempt = (
  recorded: RecordedEvent,
  forget: Effect.Effect<void, EventStoreUnavailable>
) => Effect.Effect<void, unknown>

/** Serves the stream, now or in its lane, and calls `served` in the end. */
export type Serve = (streamId: StreamId, served: () => void) => Effect.Effect<void>

export interface SubscriptionParking {
  readonly admit: (recorded: RecordedEvent) => Admission
  /** Writes the event down; `admit` knows of it only after `parked`, so that the caller can commit in between. */
  readonly park: (
    recorded: RecordedEvent,
    error: string | null,
    tries: number
  ) => Effect.Effect<void, EventStoreUnavailable>
  readonly parked: (recorded: RecordedEvent) => void
  /** Handles the stream's parked events in order and stops at the first that fails by its own fault. Repeatable. */
  readonly serve: (streamId: StreamId, attempt: Attempt) => Effect.Effect<void, unknown>
  /** Looks for streams to be served once a second, less often when the list is long, for ever. */
  readonly watch: (serve: Serve) => Effect.Effect<never>
}

/**
 * What was to blame may have been elsewhere, such as an older copy of a database that knew nothing of an order, and may
 * be mended without a word: 10 s after it was parked an event is tried again, then after twice as long, up to 10 minutes.
 */
const pause = (attempts: number): number => Math.min(600_000, 10_000 * 2 ** attempts)

export const make = (
  options: { readonly name: string; readonly transient: Failure.Transient; readonly maxTries: number }
): Effect.Effect<SubscriptionParking, EventStoreUnavailable, ParkedEvents> =>
  Effect.gen(function*() {
    const store = yield* ParkedEvents
    // The last parked version of each stream: what comes up to it is parked or settled, what comes later goes behind.
    const streams = new Map<StreamId, number>()
    const level = SubscriptionGauges.parked(options.name)
    const listed = store.list(options.name)

    const parked = ({ streamId, version }: RecordedEvent) => {
      streams.set(streamId, Math.max(streams.get(streamId) ?? 0, version))
    }

    const park: SubscriptionParking["park"] = (event, error, tries) =>
      Effect.flatMap(Clock.currentTimeMillis, (parkedAt) =>
        store.park({ subscription: options.name, event, error, tries, parkedAt }))

    /** Asked for by an operator, not yet tried often enough, being served when the process ended, or to be tried anew. */
    const wantsServing = ({ error, parkedAt, request, tries }: ParkedEvent, now: number) =>
      request !== null || error === null || tries < options.maxTries ||
      now - parkedAt >= pause(tries - options.maxTries)

    const serve: SubscriptionParking["serve"] = (streamId, attempt) =>
      Effect.gen(function*() {
        const all = (yield* listed).filter(({ event }) =>
          event.streamId === streamId
        )
        const [first] = all
        if (first !== undefined && !wantsServing(first, yield* Clock.currentTimeMillis)) return
        const skips = first?.request === "skip"
        if (first !== undefined && skips) yield* store.remove(options.name, first.event.eventId)
        for (const { event, tries } of skips ? all.slice(1) : all) {
          const exit = yield* Effect.exit(attempt(event, store.remove(options.name, event.eventId)))
          if (exit._tag === "Success") continue
          if (Failure.isTransient(exit.cause, options.transient)) return yield* exit
          yield* Effect.logWarning("A parked event failed again", exit.cause).pipe(
            Effect.annotateLogs({ event: event.eventId })
          )
          return yield* park(event, Failure.render(exit.cause), tries + 1)
        }
        streams.delete(streamId)
      })

    const serving = new Set<StreamId>()
    const look = (serve: Serve) =>
      Effect.flatMap(Effect.all([listed, Clock.currentTimeMillis]), ([all, now]) => {
        level(all.length)
        const firsts = new Map<StreamId, ParkedEvent>()
        for (const entry of all) {
          if (!firsts.has(entry.event.streamId)) firsts.set(entry.event.streamId, entry)
        }
        const wanting = [...streams.keys()].filter((streamId) => {
          const first = firsts.get(streamId)
          return !serving.has(streamId) && (first === undefined || wantsServing(first, now))
        })
        return Effect.forEach(wanting, (streamId) => {
          serving.add(streamId)
          return serve(streamId, () => serving.delete(streamId))
        }, { discard: true })
      })

    for (const { event } of yield* listed) parked(event)

    return {
      admit: ({ streamId, version }) => {
        const last = streams.get(streamId)
        if (last === undefined) return "handle"
        return version <= last ? "settled" : "behind"
      },
      park,
      parked,
      serve,
      watch: (serve) =>
        Effect.suspend(() => {
          if (streams.size > 0) return look(serve)
          level(0)
          return Effect.void
        }).pipe(
          Effect.catchAllCause((cause) => Effect.logWarning("Parked events could not be listed", cause)),
          Effect.timed,
          Effect.flatMap(([took]) => Effect.sleep(Duration.max("1 second", Duration.times(took, 20)))),
          Effect.forever
        )
    }
  })
