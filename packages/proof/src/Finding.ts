/** What a trial found: figures, each with what was wanted of it. */
import type { Trace } from "@saucier/runtime/Trace"
import type { Measure } from "./MeasuresKo.ts"

export interface Check {
  readonly measure: Measure
  readonly value: number | string
  readonly unit: string
  /** In signs that need no translation; empty where the figure is only told. */
  readonly wanted: string
  readonly holds: boolean
}

/** Points are `[seconds, value]` in the order of time. A limit is a level that was promised. */
export interface Chart {
  readonly unit: string
  readonly shape?: "dots" | "steps"
  readonly series: ReadonlyArray<{
    readonly measure: Measure
    readonly points: ReadonlyArray<readonly [number, number]>
  }>
  readonly limit?: number
}

export interface Finding {
  readonly checks: ReadonlyArray<Check>
  readonly chart?: Chart
  readonly trace?: Trace
}

const round = (value: number) => Math.abs(value) >= 100 ? Math.round(value) : Number(value.toFixed(2))

export const equal = (
  measure: Measure,
  value: number | string,
  wanted: number | string,
  unit = ""
): Check => ({
  measure,
  value,
  unit,
  wanted: `= ${wanted}`,
  holds: value === wanted
})

export const atMost = (measure: Measure, value: number, most: number, unit = ""): Check => ({
  measure,
  value: round(value),
  unit,
  wanted: `≤ ${most}`,
  holds: value <= most
})

export const atLeast = (measure: Measure, value: number, least: number, unit = ""): Check => ({
  measure,
  value: round(value),
  unit,
  wanted: `≥ ${least}`,
  holds: value >= least
})

export const below = (measure: Measure, value: number, bound: number, unit = ""): Check => ({
  measure,
  value: round(value),
  unit,
  wanted: `< ${bound}`,
  holds: value < bound
})

/** Told, with nothing promised. */
export const noted = (measure: Measure, value: number | string, unit = ""): Check => ({
  measure,
  value: typeof value === "number" ? round(value) : value,
  unit,
  wanted: "",
  holds: true
})

export const holds = ({ checks }: Finding): boolean => checks.every(({ holds }) => holds)
