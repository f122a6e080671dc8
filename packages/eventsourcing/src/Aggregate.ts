/** The shell around a decider: loads a stream, decides, appends, and knows a repeat when it sees one. */
import type { CommandId, CommandMeta } from "@saucier/kernel/CommandMeta"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FiberRef from "effect/FiberRef"
import type * as ParseResult from "effect/ParseResult"
import type { Scope } from "effect/Scope"
import * as Awake from "./Awake.ts"
import type { Decider } from "./Decider.ts"
import { type EventMeta, type NewEvent, type RecordedEvent, type StreamId, Version } from "./Event.ts"
import type { EventCodec } from "./EventCodec.ts"
import { EventStore, EventStoreUnavailable } from "./EventStore.ts"
import * as Monotonic from "./Monotonic.ts"
import * as Runner from "./Runner.ts"
import * as Traceparent from "./Traceparent.ts"

/** The fold of a stream's first `version` events. */
export interface Snapshot<State> {
  readonly state: State
  readonly version: Version
}

/** `appended`: this very call recorded something, rather than a repeat, another writer, or nothing at all. */
export interface Recorded<State> {
  readonly snapshot: Snapshot<State>
  readonly appended: boolean
}

/**
 * One aggregate in memory, read from the store when first used. `execute` belongs to one fiber at a time, `current` to
 * any; the expected version makes a second writer harmless.
 *
 * - `current` is the state after the last commit that this shell saw.
 * - `execute` is idempotent by command id: a repeat changes nothing and gives the current state.
 * - `record` does the same, and tells whether it was this call that appended.
 * - `knows` tells whether a command has been recorded, so that this is its repeat.
 */
export interface Aggregate<Command, State, Rejection> {
  readonly current: Effect.Effect<Snapshot<State>, EventStoreUnavailable>
  readonly execute: (command: Command) => Effect.Effect<Snapshot<State>, Rejection | EventStoreUnavailable>
  readonly record: (command: Command) => Effect.Effect<Recorded<State>, Rejection | EventStoreUnavailable>
  readonly knows: (commandId: CommandId) => Effect.Effect<boolean, EventStoreUnavailable>
}

const maxConflicts = 16

/**
 * Another writer shows itself only when we append. So that a shell which slept meanwhile (a paused runner) does not
 * answer from what it remembers, it looks at the store again when it has not heard of it for so long.
 */
const trustedMillis = 5000

const contended = (streamId: StreamId) =>
  new EventStoreUnavailable({ store: streamId, reason: "unknown", detail: "too many writers at once" })

const behind = (streamId: StreamId) =>
  new EventStoreUnavailable({
    store: streamId,
    reason: "unknown",
    detail: "it shows less than it has recorded"
  })

const metaOf = (meta: CommandMeta, traceparent: string | null, runner: string | null): EventMeta => ({
  correlationId: meta.correlationId,
  causationId: meta.causationId,
  actor: meta.actor,
  occurredAt: meta.at.epochMillis,
  traceparent,
  ...(runner === null ? {} : { runner })
})

/** A stored event that no longer decodes is a bug of the publisher: it stops this aggregate and no other. */
const decodeOrDie = <Event>(codec: EventCodec<Event>, stored: NewEvent): Effect.Effect<Event> =>
  Either.match(codec.decode(stored), {
    onLeft: (error: ParseResult.ParseError) => Effect.die(error),
    onRight: Effect.succeed
  })

export const make = <Command extends { readonly meta: CommandMeta }, Event, State, Rejection>(
  streamId: StreamId,
  decider: Decider<Command, Event, State, Rejection>,
  codec: EventCodec<Event>
): Effect.Effect<Aggregate<Command, State, Rejection>, never, EventStore> =>
  Effect.map(EventStore, (store) => within(store, streamId, decider, codec))

/**
 * The shell of an actor. One that is sent to sleep with a message in hand goes on beside its successor for a while, and
 * may write behind its back: so while there are two, nothing that a shell remembers answers anybody.
 */
export const awake = <Command extends { readonly meta: CommandMeta }, Event, State, Rejection>(
  store: EventStore["Type"],
  streamId: StreamId,
  decider: Decider<Command, Event, State, Rejection>,
  codec: EventCodec<Event>
): Effect.Effect<Aggregate<Command, State, Rejection>, never, Scope> =>
  Effect.map(Awake.enter(store, streamId), (isAlone) => within(store, streamId, decider, codec, isAlone))

export const within = <Command extends { readonly meta: CommandMeta }, Event, State, Rejection>(
  store: EventStore["Type"],
  streamId: StreamId,
  decider: Decider<Command, Event, State, Rejection>,
  codec: EventCodec<Event>,
  isAlone = () => true
): Aggregate<Command, State, Rejection> => {
  const recordedCommands = new Set<string>()
  let snapshot: Snapshot<State> = { state: decider.initial, version: Version.make(0) }
  // A read settles only the doubts that were there when it began: an append may fail while a reader looks.
  let doubts = 1
  let settled = 0
  let heardAt = Number.NEGATIVE_INFINITY
  let unread = true

  const apply = (recorded: RecordedEvent, event: Event) => {
    if (recorded.version !== snapshot.version + 1) return
    recordedCommands.add(recorded.commandId)
    snapshot = { state: decider.evolve(snapshot.state, event), version: recorded.version }
  }

  const catchUp = Effect.gen(function*() {
    unread = false
    const doubtsBefore = doubts
    const alone = isAlone()
    const now = yield* Monotonic.millis
    const recorded = yield* store.read(streamId, snapshot.version)
    const events = yield* Effect.forEach(recorded, (stored) => decodeOrDie(codec, stored))
    recorded.forEach((stored, index) => {
      const event = events[index]
      if (event !== undefined) apply(stored, event)
    })
    if (!alone) return
    settled = Math.max(settled, doubtsBefore)
    heardAt = now
  })

  const known = Effect.flatMap(
    Monotonic.millis,
    (now) => settled < doubts || now - heardAt > trustedMillis ? catchUp : Effect.void
  )

  /**
   * Most streams are new when their actor first wakes. So one that nobody has read is taken for empty, as long as that
   * leads to an append: the store, which knows the version and the command, tells when it is not so.
   */
  const beginning = (command: Command): ReadonlyArray<Event> | undefined => {
    if (!unread) return undefined
    unread = false
    const events = Either.getOrElse(decider.decide(command, decider.initial), () => [])
    return events.length > 0 ? events : undefined
  }

  const attempt = (
    command: Command,
    conflictsLeft: number
  ): Effect.Effect<Recorded<State>, Rejection | EventStoreUnavailable> =>
    Effect.gen(function*() {
      const begun = beginning(command)
      if (begun === undefined) {
        yield* known
        if (recordedCommands.has(command.meta.commandId)) return { snapshot, appended: false }
      }
      // A reader may move the snapshot before the append: what was decided stands for this version alone.
      const { state, version } = snapshot
      const events = begun ?? (yield* decider.decide(command, state))
      if (events.length === 0) return { snapshot, appended: false }
      const traceparent = yield* Traceparent.current
      const runner = yield* FiberRef.get(Runner.current)
      doubts++
      // The answer may find us long after the commit: only until the question do we know that nobody else has written.
      const asked = yield* Monotonic.millis
      const alone = isAlone()
      const appended = yield* store.append({
        streamId,
        expected: version,
        commandId: command.meta.commandId,
        events: events.map(codec.encode),
        meta: metaOf(command.meta, traceparent, runner)
      }).pipe(
        Effect.catchTag("VersionConflict", () => Effect.succeed("conflict" as const)),
        Effect.onExit(() => Effect.sync(() => doubts++))
      )
      if (appended === "conflict") {
        return yield* conflictsLeft > 0 ? attempt(command, conflictsLeft - 1) : contended(streamId)
      }
      if (appended.repeated) {
        yield* catchUp
        if (snapshot.version < (appended.events.at(-1)?.version ?? 0)) {
          doubts++
          return yield* behind(streamId)
        }
        return { snapshot, appended: false }
      }
      appended.events.forEach((recorded, index) => {
        const event = events[index]
        if (event !== undefined) apply(recorded, event)
      })
      if (alone) {
        settled = doubts
        heardAt = asked
      }
      return { snapshot, appended: true }
    })

  return {
    current: Effect.map(known, () => snapshot),
    execute: (command) => Effect.map(attempt(command, maxConflicts), ({ snapshot }) => snapshot),
    record: (command) => attempt(command, maxConflicts),
    knows: (commandId) => Effect.map(known, () => recordedCommands.has(commandId))
  }
}
