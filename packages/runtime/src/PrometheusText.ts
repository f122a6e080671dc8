/** Effect's metrics in the text format of Prometheus (version 0.0.4). */
import * as Array from "effect/Array"
import * as MetricKeyType from "effect/MetricKeyType"
import type * as MetricPair from "effect/MetricPair"
import * as MetricState from "effect/MetricState"
import * as Option from "effect/Option"
import * as Order from "effect/Order"

type Labels = ReadonlyArray<readonly [name: string, value: string]>
interface Sample {
  readonly suffix: string
  readonly labels: Labels
  readonly value: number | bigint
}
interface Family {
  readonly type: "counter" | "gauge" | "histogram" | "summary"
  readonly suffix: string
  readonly samples: ReadonlyArray<Sample>
}

const nameOf = (name: string): string => name.replaceAll(/[^a-zA-Z0-9_:]/g, "_").replace(/^(\d)/, "_$1")
const labelOf = (name: string): string => name.replaceAll(/[^a-zA-Z0-9_]/g, "_").replace(/^(\d)/, "_$1")
const escapeHelp = (text: string): string =>
  text.replaceAll("\\", String.raw`\\`).replaceAll("\n", String.raw`\n`)
const escapeValue = (text: string): string => escapeHelp(text).replaceAll("\"", String.raw`\"`)

const number = (value: number | bigint): string =>
  value === Infinity ? "+Inf" : value === -Infinity ? "-Inf" : String(value)

const line = (name: string, { labels, suffix, value }: Sample): string => {
  const inner = labels.map(([label, text]) => `${labelOf(label)}="${escapeValue(text)}"`).join(",")
  return `${name}${suffix}${inner === "" ? "" : `{${inner}}`} ${number(value)}`
}

const labelsOf = ({ tags }: MetricPair.MetricPair.Untyped["metricKey"]): Labels =>
  Array.sort(
    Array.map(tags, ({ key, value }) => [key, value] as const),
    Order.mapInput(Order.string, ([key]: readonly [string, string]) => key)
  )

/** Effect's counters may also fall, unless they say that they do not: then Prometheus calls them gauges. */
const rises = ({ keyType }: MetricPair.MetricPair.Untyped["metricKey"]) =>
  MetricKeyType.isCounterKey(keyType) && keyType.incremental

const familyOf = ({ metricKey, metricState: state }: MetricPair.MetricPair.Untyped): Family | undefined => {
  const labels = labelsOf(metricKey)
  const sample = (suffix: string, value: number | bigint, ...more: Labels): Sample => ({
    suffix,
    value,
    labels: [...labels, ...more]
  })
  if (MetricState.isCounterState(state)) {
    const samples = [sample("", state.count)]
    return rises(metricKey)
      ? { type: "counter", suffix: "_total", samples }
      : { type: "gauge", suffix: "", samples }
  }
  if (MetricState.isGaugeState(state)) {
    const samples = Number.isNaN(state.value) ? [] : [sample("", state.value)]
    return { type: "gauge", suffix: "", samples }
  }
  if (MetricState.isHistogramState(state)) {
    const buckets = state.buckets
      .filter(([bound]) => Number.isFinite(bound) && bound < Number.MAX_VALUE)
      .map(([bound, count]) => sample("_bucket", count, ["le", number(bound)]))
    return {
      type: "histogram",
      suffix: "",
      samples: [
        ...buckets,
        sample("_bucket", state.count, ["le", "+Inf"]),
        sample("_sum", state.sum),
        sample("_count", state.count)
      ]
    }
  }
  if (MetricState.isSummaryState(state)) {
    const quantiles = state.quantiles.flatMap(([quantile, value]) =>
      Option.match(value, {
        onNone: () => [],
        onSome: (value) => [sample("", value, ["quantile", number(quantile)])]
      })
    )
    return {
      type: "summary",
      suffix: "",
      samples: [...quantiles, sample("_sum", state.sum), sample("_count", state.count)]
    }
  }
  if (MetricState.isFrequencyState(state)) {
    const samples = Array.fromIterable(state.occurrences).map(([key, count]) =>
      sample("", count, ["key", key])
    )
    return { type: "counter", suffix: "_total", samples }
  }
  return undefined
}

/**
 * Metrics of one name form one family, whatever their labels; of two kinds with one name the first wins. A gauge that is
 * NaN says that there is nothing to measure here any more, and is left out.
 */
export const render = (pairs: ReadonlyArray<MetricPair.MetricPair.Untyped>): string => {
  const families = new Map<
    string,
    { readonly head: string; readonly type: string; readonly lines: Array<string> }
  >()
  for (const pair of Array.sortWith(pairs, (pair) => pair.metricKey.name, Order.string)) {
    const family = familyOf(pair)
    if (family === undefined || family.samples.length === 0) continue
    const plain = nameOf(pair.metricKey.name)
    const name = plain.endsWith(family.suffix) ? plain : `${plain}${family.suffix}`
    const help = escapeHelp(Option.getOrElse(pair.metricKey.description, () => plain.replaceAll("_", " ")))
    const known = families.get(name)
    const entry = known ??
      { head: `# HELP ${name} ${help}\n# TYPE ${name} ${family.type}`, type: family.type, lines: [] }
    if (entry.type !== family.type) continue
    entry.lines.push(...family.samples.map((sample) => line(name, sample)))
    families.set(name, entry)
  }
  return `${
    Array.fromIterable(families.values()).map(({ head, lines }) => [head, ...lines].join("\n")).join("\n")
  }\n`
}
