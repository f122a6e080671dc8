/** Measures what waits for the provider: payments whose outcome is open, or failed and not made sure of, and refunds that are owed. */
import * as Singleton from "@effect/cluster/Singleton"
import * as ScopedGauge from "@saucier/eventsourcing/ScopedGauge"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import type { Payment, PaymentStatus } from "./Payment.ts"
import * as PaymentsOpen from "./PaymentsOpen.ts"

const count = Metric.gauge("saucier_payments_outstanding", {
  description: "Payments that wait for the provider, by status; a thousand are looked at"
})
const oldest = Metric.gauge("saucier_payment_outstanding_seconds", {
  description: "For how long the oldest of them has waited, 0 when there is none"
})

const statuses: ReadonlyArray<PaymentStatus> = ["Requested", "Unknown", "Failed", "RefundRequested"]
/** Looks every five seconds, for ever. */
export const watch = Effect.gen(function*() {
  const waiting = yield* PaymentsOpen.make
  const counts = yield* ScopedGauge.make(count, "status")
  const ages = yield* ScopedGauge.make(oldest, "status")
  const show = (payments: ReadonlyArray<{ readonly state: Payment }>, now: number) => {
    for (const status of statuses) {
      const since = payments.flatMap(({ state }) =>
        state.status === status ? [state.waitingSince.epochMillis] : []
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
