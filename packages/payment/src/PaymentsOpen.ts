/** The payments that are not done with: whose outcome is open, whose refund is owed, or that somebody has to look at. */
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import type { StreamId } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import { Reminders } from "@saucier/eventsourcing/Reminders"
import * as Effect from "effect/Effect"
import { paymentCodec } from "./PaymentCodec.ts"
import { paymentDecider } from "./PaymentDecider.ts"
import { settle } from "./PaymentPolicies.ts"
import { attention } from "./PaymentsAttention.ts"

/** So many of each are looked at, those first that are asked about next, or that have waited longest for a look. */
export const most = 1000

/** What the reminder to settle still has on its list is what is not settled; the marks tell of the rest. */
export const make = Effect.gen(function*() {
  const reminders = yield* Reminders
  const store = yield* EventStore
  const current = (streamId: StreamId) =>
    Effect.map(
      Aggregate.within(store, streamId, paymentDecider, paymentCodec).current,
      ({ state, version }) => state._tag === "Payment" ? [{ state, version }] : []
    )
  const listed = (name: string) => reminders.due(name, Number.MAX_SAFE_INTEGER, most)
  return Effect.gen(function*() {
    const [owed, marked] = [yield* listed(settle), yield* listed(attention)]
    const streams = new Set([...owed, ...marked].map(({ streamId }) => streamId))
    return (yield* Effect.forEach(streams, current)).flat()
  })
})
