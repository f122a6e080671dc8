/** What a policy's lanes do: handle an event or set it aside, and serve a stream that was set aside. */
import type * as CrashPoint from "@saucier/kernel/CrashPoint"
import type * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import type { RecordedEvent, StreamId } from "./Event.ts"
import type { Subscription } from "./Subscription.ts"
import * as Failure from "./SubscriptionFailure.ts"
import type { LaneTask } from "./SubscriptionLanes.ts"
import type { SubscriptionParking } from "./SubscriptionParking.ts"
import * as Traced from "./Traced.ts"

export type Handle<Event> = (
  event: Event,
  recorded: RecordedEvent
) => Effect.Effect<void, unknown> | undefined

export interface SubscriptionTasks {
  readonly event: (recorded: RecordedEvent, done: () => void) => LaneTask
  readonly serving: (streamId: StreamId, done: () => void) => LaneTask
}

/** The log hears of the first failure; later ones only lengthen the pause. */
const pause = (attempt: number, recorded: string, cause: Cause.Cause<unknown>): Effect.Effect<void> =>
  Effect.zipRight(
    attempt === 1
      ? Effect.annotateLogs(Effect.logWarning("An event is tried again", cause), { event: recorded })
      : Effect.void,
    Failure.backoff(attempt)
  )

export const make = <Event>(
  policy: Subscription<Event> & { readonly handle: Handle<Event> },
  parking: SubscriptionParking,
  around: CrashPoint.Around
): SubscriptionTasks => {
  const followed = around(() => [`follow ${policy.name}`])

  const handle = (recorded: RecordedEvent): Effect.Effect<void, unknown> | undefined => {
    const decoded = policy.feed.decode(recorded)
    if (decoded._tag === "Left") return Effect.fail(decoded.left)
    const work = policy.handle(decoded.right.event, recorded)
    return work === undefined ? undefined : Traced.event(policy.name, recorded)(followed(work))
  }

  const park = (recorded: RecordedEvent, error: string | null, tries: number) =>
    Effect.map(parking.park(recorded, error, tries), () => parking.parked(recorded))

  return {
    event: (recorded, done) => {
      let attempts = 0
      let tries = 0
      let poison: string | null = null
      return {
        work: () => {
          const admission = parking.admit(recorded)
          if (admission === "settled") return undefined
          if (admission === "behind") return park(recorded, null, 0)
          return poison === null ? handle(recorded) : park(recorded, poison, tries)
        },
        done,
        failed: (cause) => {
          attempts += 1
          if (poison === null && !Failure.isTransient(cause, policy.transient)) {
            tries += 1
            if (tries >= policy.maxTries) {
              poison = Failure.render(cause)
              return Effect.annotateLogs(Effect.logError("An event is parked", cause), {
                event: recorded.eventId
              })
            }
          }
          return pause(attempts, recorded.eventId, cause)
        }
      }
    },
    serving: (streamId, done) => {
      let attempts = 0
      return {
        work: () =>
          parking.serve(
            streamId,
            (recorded, forget) =>
              Effect.zipRight(Effect.suspend(() => handle(recorded) ?? Effect.void), forget)
          ),
        done,
        failed: (cause) => {
          attempts += 1
          return pause(attempts, streamId, cause)
        }
      }
    }
  }
}
