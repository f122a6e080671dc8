/** What policies and projections have in common: a name, a feed, and the will to go on. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import type { Feed } from "./Feed.ts"
import { backoff, type Transient } from "./SubscriptionFailure.ts"

export interface Subscription<Event> {
  /** Names the checkpoint and the parked events: stable for ever. */
  readonly name: string
  readonly feed: Feed<Event>
  /** By the event's type: what it refuses passes undecoded, at next to no cost. */
  readonly handles: (type: string) => boolean
  readonly transient: Transient
  /** How often an event that fails by its own fault is tried before it is parked. */
  readonly maxTries: number
}

export const defaultTries = 5

const events = Metric.counter("saucier_subscription_events_total", {
  description: "Events that a subscription has seen",
  incremental: true
})

/** Counts what a subscription has seen; called once per chunk. */
export const counter = (name: string): (count: number) => void => {
  const counter = Metric.tagged(events, "subscription", name)
  return (count) => counter.unsafeUpdate(count, [])
}

/**
 * Runs a session again and again: one that fails, dies or ends is started anew after a pause. `progress` shortens the
 * next pause to the first one.
 */
export const forever = <E, R>(
  name: string,
  session: (progress: () => void) => Effect.Effect<void, E, R>
): Effect.Effect<never, never, R> =>
  Effect.suspend(() => {
    let attempt = 0
    const once = session(() => {
      attempt = 0
    }).pipe(
      Effect.catchAllCause((cause) =>
        Cause.isDie(cause)
          ? Effect.logError("The subscription broke and starts again", cause)
          : Effect.logWarning("The subscription was cut off and starts again", cause)
      ),
      Effect.zipRight(Effect.suspend(() => backoff(++attempt)))
    )
    return Effect.annotateLogs(Effect.forever(once), { subscription: name })
  })
