/** Measures the orders as the dashboard has them: how many stand where, and for how long the oldest has waited to get going. */
import * as Singleton from "@effect/cluster/Singleton"
import * as ScopedGauge from "@saucier/eventsourcing/ScopedGauge"
import * as TypeId from "@saucier/kernel/TypeId"
import type { OrderStatus } from "@saucier/order/Order"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import { DashboardState } from "./Dashboard.ts"
import { DashboardView } from "./DashboardView.ts"

const orders = Metric.gauge("saucier_orders", { description: "Orders by the state that the dashboard shows" })
const age = Metric.gauge("saucier_order_waiting_seconds", {
  description:
    "Age of the oldest order that is not paid, or paid and not being prepared yet; 0 when there is none"
})

const statuses: ReadonlyArray<OrderStatus> = ["Registered", "PaymentPending", "Paid"]

/** Looks every five seconds, for ever. */
export const watch = Effect.gen(function*() {
  const view = yield* DashboardView
  const states = yield* ScopedGauge.make(orders, "state")
  const ages = yield* ScopedGauge.make(age, "status")
  const look = Effect.gen(function*() {
    const counts = yield* view.counts
    const waiting = new Map((yield* view.waiting).map(({ oldest, status }) => [status, oldest]))
    const now = yield* Clock.currentTimeMillis
    for (const state of DashboardState.literals) states.set(state, counts[state])
    for (const status of statuses) {
      const oldest = waiting.get(status)
      ages.set(status, oldest === undefined ? 0 : Math.max(0, now - TypeId.madeAt(oldest)) / 1000)
    }
  }).pipe(
    Effect.catchAllCause(() =>
      Effect.sync(() => {
        states.clear()
        ages.clear()
      })
    )
  )
  return yield* Effect.forever(Effect.zipRight(look, Effect.sleep("5 seconds")))
})

export const DashboardGaugesLive = Singleton.make("dashboard.gauges", Effect.scoped(watch), {
  shardGroup: "dashboard"
})
