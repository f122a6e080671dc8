/** The payments that wait for the provider: whose outcome is open, or whose refund is owed. */
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import type { StreamId } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import { Reminders } from "@saucier/eventsourcing/Reminders"
import * as Effect from "effect/Effect"
import { paymentCodec } from "./PaymentCodec.ts"
import { paymentDecider } from "./PaymentDecider.ts"
import { settle } from "./PaymentPolicies.ts"

/** So many are looked at, those that are asked about next. */
export const most = 1000

/** What the reminder to settle still has on its list is what is not settled. */
export const make = Effect.gen(function*() {
  const reminders = yield* Reminders
  const store = yield* EventStore
  const current = (streamId: StreamId) =>
    Effect.map(
      Aggregate.within(store, streamId, paymentDecider, paymentCodec).current,
      ({ state, version }) => state._tag === "Payment" ? [{ state, version }] : []
    )
  return Effect.flatMap(
    reminders.due(settle, Number.MAX_SAFE_INTEGER, most),
    (due) => Effect.map(Effect.forEach(due, ({ streamId }) => current(streamId)), (found) => found.flat())
  )
})
