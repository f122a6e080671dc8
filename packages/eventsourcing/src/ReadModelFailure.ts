/** A database that cannot serve a read model, in the words that subscriptions wait out and callers know. */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import { EventStoreUnavailable } from "./EventStore.ts"

/** The innermost error is the driver's own: SqlError wraps it as its cause. */
const innermost = (error: unknown): unknown =>
  Predicate.hasProperty(error, "cause") && error.cause !== undefined ? innermost(error.cause) : error

/** Every failure of the effect is one of the store of that name. */
export const typed = (store: string) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.mapError(effect, (error) =>
    error instanceof EventStoreUnavailable
      ? error
      : new EventStoreUnavailable({ store, reason: "unknown", detail: String(innermost(error)) }))
