/**
 * Latencies counted in buckets that grow by four per cent: what several processes counted adds up, and a percentile is at
 * most that much too high.
 */
import * as Schema from "effect/Schema"

/** Pairs of bucket and count. */
export const PulseLatencies = Schema.Array(Schema.Tuple(Schema.Int, Schema.Int))
export type PulseLatencies = typeof PulseLatencies.Type

const growth = Math.log(1.04)

/** The bucket of a latency in milliseconds; all below a tenth of a millisecond share the lowest. */
export const bucketOf = (millis: number): number => Math.ceil(Math.log(Math.max(millis, 0.1)) / growth)

/** The upper edge of a bucket in milliseconds. */
const edgeOf = (bucket: number): number => Math.exp(bucket * growth)

export const sum = (all: ReadonlyArray<PulseLatencies>): PulseLatencies => {
  const counts = new Map<number, number>()
  for (const [bucket, count] of all.flat()) counts.set(bucket, (counts.get(bucket) ?? 0) + count)
  return [...counts].sort(([a], [b]) => a - b)
}

/** The latency in milliseconds that this share of them does not exceed, or null when there are none. */
export const quantile = (latencies: PulseLatencies, share: number): number | null => {
  const sorted = latencies.toSorted(([a], [b]) => a - b)
  const total = sorted.reduce((count, [, more]) => count + more, 0)
  let seen = 0
  for (const [bucket, count] of sorted) {
    seen += count
    if (seen >= total * share) return Math.round(edgeOf(bucket) * 100) / 100
  }
  return null
}
