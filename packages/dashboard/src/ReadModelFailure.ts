/** A database that cannot serve the read model, in the words that subscriptions wait out and callers know. */
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"

/** The innermost error is the driver's own: SqlError wraps it as its cause. */
const innermost = (error: unknown): unknown =>
  Predicate.hasProperty(error, "cause") && error.cause !== undefined ? innermost(error.cause) : error

const unavailable = (error: unknown): EventStoreUnavailable =>
  error instanceof EventStoreUnavailable
    ? error
    : new EventStoreUnavailable({ store: "dashboard", reason: "unknown", detail: String(innermost(error)) })

export const typed = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, EventStoreUnavailable, R> =>
  Effect.mapError(effect, unavailable)
