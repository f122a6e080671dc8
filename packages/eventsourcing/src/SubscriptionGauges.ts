/** What a subscription shows of itself, in the process that runs it. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as MetricLabel from "effect/MetricLabel"
import type { Checkpoints } from "./Checkpoints.ts"
import * as SubscriptionLag from "./SubscriptionLag.ts"

const of = (gauge: Metric.Metric.Gauge<number>) => (subscription: string) => {
  const labels = [MetricLabel.make("subscription", subscription)]
  return (value: number) => gauge.unsafeUpdate(value, labels)
}

const lag = of(Metric.gauge("saucier_subscription_lag_seconds", {
  description: "Age of the oldest event that a subscription has not dealt with, 0 when there is none"
}))

/** How many events it has set aside. */
export const parked = of(Metric.gauge("saucier_parked_events", {
  description: "Events that a subscription has set aside"
}))

/** Once a second, for ever. While it cannot be told the lag is taken to grow. */
const watchLag = (name: string, log: SubscriptionLag.Log) =>
  Effect.gen(function*() {
    const show = lag(name)
    let known = { lag: 0, at: yield* Clock.currentTimeMillis }
    const look = Effect.flatMap(
      Effect.exit(SubscriptionLag.saved(name, log)),
      (exit) =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          if (exit._tag === "Success") known = { lag: exit.value, at: now }
          show((known.lag + Math.max(0, now - known.at)) / 1000)
        })
    )
    return yield* Effect.forever(Effect.zipRight(look, Effect.sleep("1 second")))
  })

/**
 * Shows how it stands while it runs. When it ends the gauges are NaN, which nobody is told: the last values would stand
 * beside those of the process that runs it next.
 */
export const shown =
  (name: string, log: SubscriptionLag.Log) =>
  <A, E, R>(run: Effect.Effect<A, E, R>): Effect.Effect<A, E, R | Checkpoints> =>
    Effect.scoped(Effect.zipRight(Effect.forkScoped(watchLag(name, log)), run)).pipe(
      Effect.ensuring(Effect.sync(() => {
        lag(name)(Number.NaN)
        parked(name)(Number.NaN)
      }))
    )
