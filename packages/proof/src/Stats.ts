/** Quantiles of what was measured, in milliseconds. */
export interface Stats {
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

const ranked = (values: ReadonlyArray<number>) => {
  const sorted = [...values].sort((a, b) => a - b)
  return (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}

/** Below it lies that share of the values. */
export const quantile = (share: number, values: ReadonlyArray<number>): number => ranked(values)(share)

export const of = (values: ReadonlyArray<number>): Stats => {
  const at = ranked(values)
  return { count: values.length, p50: at(0.5), p99: at(0.99), max: at(1) }
}

/** Nobody reads seven digits; and reports compare better without them. */
export const round = (value: number, digits = 1): number => Number(value.toFixed(digits))
