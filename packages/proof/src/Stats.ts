/** Quantiles of what was measured, in milliseconds. */
export interface Stats {
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

export const of = (values: ReadonlyArray<number>): Stats => {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (quantile: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] ?? NaN
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) }
}

/** Nobody reads seven digits; and reports compare better without them. */
export const round = (value: number, digits = 1): number => Number(value.toFixed(digits))
