/** Metrics as OTLP has them (opentelemetry-proto, metrics/v1), by the names under which `/metrics` shows them. */
import * as OtlpResource from "@effect/opentelemetry/OtlpResource"
import * as MetricKeyType from "effect/MetricKeyType"
import type * as MetricPair from "effect/MetricPair"
import * as MetricState from "effect/MetricState"
import * as Option from "effect/Option"

interface Span {
  readonly since: bigint
  readonly now: bigint
}

const cumulative = 2

/** With another unit than these a collector would add it to the name. */
const unitOf = (name: string): string => {
  if (/_seconds(_total)?$/.test(name)) return "s"
  return /_bytes(_total)?$/.test(name) ? "By" : ""
}

const bounded = (bound: number) => Number.isFinite(bound) && bound < Number.MAX_VALUE

/** Effect's buckets are cumulative and end with one for all; here each has its own, and one more what is beyond. */
const histogramOf = ({ buckets, count, max, min, sum }: MetricState.MetricState.Histogram) => {
  const below = buckets.filter(([bound]) => bounded(bound))
  const counts = below.map(([, total], index) => total - (below[index - 1]?.[1] ?? 0))
  return {
    count,
    sum,
    ...(count === 0 ? {} : { min, max }),
    explicitBounds: below.map(([bound]) => bound),
    bucketCounts: [...counts, count - (below.at(-1)?.[1] ?? 0)]
  }
}

const pointOf = ({ metricKey, metricState: state }: MetricPair.MetricPair.Untyped) => {
  if (MetricState.isHistogramState(state)) return { kind: "histogram", value: histogramOf(state) } as const
  if (MetricState.isGaugeState(state)) {
    return Number.isNaN(state.value)
      ? undefined
      : { kind: "gauge", value: { asDouble: Number(state.value) } } as const
  }
  if (!MetricState.isCounterState(state)) return undefined
  const rises = MetricKeyType.isCounterKey(metricKey.keyType) && metricKey.keyType.incremental
  return { kind: rises ? "sum" : "gauge", value: { asDouble: Number(state.count) } } as const
}

/** A metric that nobody measures at the moment (NaN) is left out; so are summaries, which we have none of. */
export const metricsOf = (
  resource: OtlpResource.Resource,
  pairs: ReadonlyArray<MetricPair.MetricPair.Untyped>,
  { now, since }: Span
) => {
  const times = { startTimeUnixNano: String(since), timeUnixNano: String(now) }
  const metrics = new Map<
    string,
    { readonly kind: string; readonly points: Array<unknown>; readonly head: object }
  >()
  for (const pair of pairs) {
    const { description, name, tags } = pair.metricKey
    const point = pointOf(pair)
    if (point === undefined) continue
    const metric = metrics.get(name) ?? {
      kind: point.kind,
      points: [],
      head: { name, description: Option.getOrElse(description, () => ""), unit: unitOf(name) }
    }
    metrics.set(name, metric)
    if (metric.kind !== point.kind) continue
    const attributes = OtlpResource.entriesToAttributes(tags.map(({ key, value }) => [key, value]))
    metric.points.push({ ...times, attributes, ...point.value })
  }
  return {
    resourceMetrics: [{
      resource,
      scopeMetrics: [{
        scope: { name: "saucier" },
        metrics: Array.from(metrics.values(), ({ head, kind, points }) => ({
          ...head,
          [kind]: {
            dataPoints: points,
            ...(kind === "gauge" ? {} : { aggregationTemporality: cumulative }),
            ...(kind === "sum" ? { isMonotonic: true } : {})
          }
        }))
      }]
    }]
  }
}
