/** A gauge, with one label, of what another process may measure next: its values are gone when the scope closes. */
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as MetricLabel from "effect/MetricLabel"
import type * as Scope from "effect/Scope"

export interface ScopedGauge {
  readonly set: (value: string, measured: number) => void
  /** Nothing is known at the moment. */
  readonly clear: () => void
}

/** NaN says that there is nothing to measure here, and nobody is told of it. */
export const make = (
  gauge: Metric.Metric.Gauge<number>,
  label: string
): Effect.Effect<ScopedGauge, never, Scope.Scope> => {
  const known = new Map<string, ReadonlyArray<MetricLabel.MetricLabel>>()
  const clear = () => {
    for (const labels of known.values()) gauge.unsafeUpdate(Number.NaN, labels)
  }
  const set = (value: string, measured: number) => {
    const labels = known.get(value) ?? [MetricLabel.make(label, value)]
    known.set(value, labels)
    gauge.unsafeUpdate(measured, labels)
  }
  return Effect.as(Effect.addFinalizer(() => Effect.sync(clear)), { set, clear })
}
