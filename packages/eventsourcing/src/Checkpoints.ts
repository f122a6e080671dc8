import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Position } from "./Event.ts"
import type { EventStoreUnavailable } from "./EventStore.ts"

/**
 * Port to the last position each subscription has dealt with, kept in the subscriber's database.
 *
 * - `load` gives `start` for a name never committed.
 * - `commit` runs `write` and moves the checkpoint in one transaction; when `write` fails, neither happened.
 */
export class Checkpoints extends Context.Tag("@saucier/eventsourcing/Checkpoints")<Checkpoints, {
  readonly load: (name: string) => Effect.Effect<Position, EventStoreUnavailable>
  readonly commit: <A, E, R>(
    name: string,
    position: Position,
    write: Effect.Effect<A, E, R>
  ) => Effect.Effect<A, E | EventStoreUnavailable, R>
}>() {}
