import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Metric from "effect/Metric"
import * as MetricBoundaries from "effect/MetricBoundaries"
import * as MetricLabel from "effect/MetricLabel"
import type { ProviderFailure } from "./PaymentProvider.ts"

const duration = Metric.histogram(
  "saucier_provider_call_duration_seconds",
  MetricBoundaries.fromIterable([0.005, 0.025, 0.05, 0.1, 0.25, 0.5, 0.68, 1, 2.5, 5, 10]),
  "Attempts at the payment provider: answered, refused, or silent, also where nobody waited any longer"
)

const outcomes = ["answered", "refused", "silent"] as const
type Outcome = (typeof outcomes)[number]

const outcomeOf = (exit: Exit.Exit<unknown, ProviderFailure>): Outcome => {
  if (Exit.isSuccess(exit)) return "answered"
  return exit.cause._tag === "Fail" && exit.cause.error._tag === "ProviderRefused" ? "refused" : "silent"
}

/** Measures the attempts of one operation. */
export const make = (operation: string) => {
  const labelsOf = (outcome: Outcome) => [
    MetricLabel.make("operation", operation),
    MetricLabel.make("outcome", outcome)
  ]
  const labels = {
    answered: labelsOf("answered"),
    refused: labelsOf("refused"),
    silent: labelsOf("silent")
  }
  return <A, R>(attempt: Effect.Effect<A, ProviderFailure, R>): Effect.Effect<A, ProviderFailure, R> =>
    Effect.clockWith((clock) => {
      const begun = clock.unsafeCurrentTimeNanos()
      return Effect.onExit(attempt, (exit) =>
        Effect.sync(() => {
          const took = Number(clock.unsafeCurrentTimeNanos() - begun) / 1e9
          duration.unsafeUpdate(took, labels[outcomeOf(exit)])
        }))
    })
}
