/** How a panel of the dashboard is described. */

export interface Query {
  readonly expr: string
  /** How a series is called, in Grafana's `{{label}}`. */
  readonly legend: string
}

export interface PanelPlan {
  readonly title: string
  readonly description: string
  readonly kind: "timeseries" | "stat" | "table" | "state-timeline"
  /** Of Grafana's units: `s`, `reqps`, `bytes`, `percentunit`, `short`. */
  readonly unit: string
  /** From here on it is red. */
  readonly alarm?: number
  readonly queries: ReadonlyArray<Query>
}

export interface RowPlan {
  readonly title: string
  readonly panels: ReadonlyArray<PanelPlan>
}

/** Of the processes that are chosen above the dashboard. */
export const here = `instance=~"$instance"`

const quantile = (share: number, histogram: string, by: string, more = "") =>
  `histogram_quantile(${share}, sum by (le, ${by}) (rate(${histogram}_bucket{${here}${more}}[$__rate_interval])))`

/** The median and the slowest hundredth of what a histogram measures. */
export const quantiles = (histogram: string, by: string, more = ""): ReadonlyArray<Query> => [
  { expr: quantile(0.5, histogram, by, more), legend: `{{${by}}} p50` },
  { expr: quantile(0.99, histogram, by, more), legend: `{{${by}}} p99` }
]
