/** Measures what waits for the provider: payments whose outcome is open, and refunds that are owed. */
import * as Singleton from "@effect/cluster/Singleton"
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import type { StreamId } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import { Reminders } from "@saucier/eventsourcing/Reminders"
import * as ScopedGauge from "@saucier/eventsourcing/ScopedGauge"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import type { Payment, PaymentStatus } from "./Payment.ts"
import { paymentCodec } from "./PaymentCodec.ts"
import { paymentDecider } from "./PaymentDecider.ts"
import { settle } from "./PaymentPolicies.ts"

const count = Metric.gauge("saucier_payments_outstanding", {
  description: "Payments that wait for the provider, by status; a thousand are looked at"
})
const oldest = Metric.gauge("saucier_payment_outstanding_seconds", {
  description: "For how long the oldest of them has waited, 0 when there is none"
})

const statuses: ReadonlyArray<PaymentStatus> = ["Requested", "Unknown", "RefundRequested"]
const most = 1000

/** What the reminder to settle still has on its list is what is not settled. */
const outstanding = Effect.gen(function*() {
  const reminders = yield* Reminders
  const store = yield* EventStore
  const stateOf = (streamId: StreamId) =>
    Effect.map(
      Aggregate.within(store, streamId, paymentDecider, paymentCodec).current,
      ({ state }) => state._tag === "Payment" ? [state] : []
    )
  return Effect.flatMap(
    reminders.due(settle, Number.MAX_SAFE_INTEGER, most),
    (due) => Effect.map(Effect.forEach(due, ({ streamId }) => stateOf(streamId)), (found) => found.flat())
  )
})

/** Looks every five seconds, for ever. */
export const watch = Effect.gen(function*() {
  const waiting = yield* outstanding
  const counts = yield* ScopedGauge.make(count, "status")
  const ages = yield* ScopedGauge.make(oldest, "status")
  const show = (payments: ReadonlyArray<Payment>, now: number) => {
    for (const status of statuses) {
      const since = payments.flatMap((payment) =>
        payment.status === status ? [payment.waitingSince.epochMillis] : []
      )
      counts.set(status, since.length)
      ages.set(status, since.length === 0 ? 0 : Math.max(0, now - Math.min(...since)) / 1000)
    }
  }
  const look = Effect.zipWith(waiting, Clock.currentTimeMillis, show).pipe(
    Effect.catchAllCause(() =>
      Effect.sync(() => {
        counts.clear()
        ages.clear()
      })
    )
  )
  return yield* Effect.forever(Effect.zipRight(look, Effect.sleep("5 seconds")))
})

export const PaymentsOutstandingLive = Singleton.make("payment.outstanding", Effect.scoped(watch), {
  shardGroup: "payment"
})
