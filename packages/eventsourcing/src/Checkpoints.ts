import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { Position } from "./Event.ts"
import type { EventStoreUnavailable } from "./EventStore.ts"

/** Somebody else has moved the checkpoint meanwhile: load it again, and go on from there. */
export class CheckpointMoved extends Data.TaggedError("CheckpointMoved")<{ readonly subscription: string }> {
  override get message() {
    return `Another process has moved the checkpoint of ${this.subscription}`
  }
}

/**
 * Port to the last position each subscription has dealt with, kept in the subscriber's database.
 *
 * - `load` gives `start` for a name never committed.
 * - `commit` runs `write` and moves the checkpoint in one transaction; when `write` fails, neither happened.
 * - `advance` is a commit that is refused unless the checkpoint stands at `from`: two processes that hold one subscription
 *   for a moment, as when one of them was paused, never write past each other.
 */
export class Checkpoints extends Context.Tag("@saucier/eventsourcing/Checkpoints")<Checkpoints, {
  readonly load: (name: string) => Effect.Effect<Position, EventStoreUnavailable>
  readonly commit: <A, E, R>(
    name: string,
    position: Position,
    write: Effect.Effect<A, E, R>
  ) => Effect.Effect<A, E | EventStoreUnavailable, R>
  readonly advance: <A, E, R>(
    name: string,
    from: Position,
    position: Position,
    write: Effect.Effect<A, E, R>
  ) => Effect.Effect<A, E | CheckpointMoved | EventStoreUnavailable, R>
}>() {}
