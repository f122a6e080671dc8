/**
 * Marks the payments that somebody has to look at, also those with nothing left to settle. A mark is a wake-up time of a name
 * that no reminder has, so it wakes nobody: since when somebody has to look.
 */
import * as Singleton from "@effect/cluster/Singleton"
import type { StreamId } from "@saucier/eventsourcing/Event"
import type { FeedEvent } from "@saucier/eventsourcing/Feed"
import * as Projection from "@saucier/eventsourcing/Projection"
import { Reminders } from "@saucier/eventsourcing/Reminders"
import * as Effect from "effect/Effect"
import { attentionSince, type PaymentEvent } from "./Payment.ts"
import { PaymentFeed } from "./PaymentFeed.ts"

/** Names the projection and its marks, stable for ever. */
export const attention = "payment.attention"

const make = Effect.gen(function*() {
  const feed = yield* PaymentFeed
  const marks = yield* Reminders
  return Projection.make({
    name: attention,
    feed,
    handleBatch: (events: ReadonlyArray<FeedEvent<PaymentEvent>>) => {
      const last = new Map<StreamId, number | null>()
      for (const { event, recorded } of events) {
        const mark = attentionSince(event)
        if (mark !== undefined) last.set(recorded.streamId, mark)
      }
      const raised = Array.from(last).flatMap(([streamId, dueAt]) =>
        dueAt === null ? [] : [{ streamId, dueAt }]
      )
      const over = Array.from(last).flatMap(([streamId, dueAt]) => dueAt === null ? [streamId] : [])
      return Effect.zipRight(
        raised.length === 0 ? Effect.void : marks.set(attention, raised),
        over.length === 0 ? Effect.void : marks.clear(attention, over)
      )
    }
  })
})

export const PaymentsAttentionLive = Singleton.make(attention, Effect.flatMap(make, Projection.run), {
  shardGroup: "payment"
})
