/** The dashboard as Grafana loads it, in the types that Grafana publishes. */
import { type Dashboard, type Panel, type RowPanel, ThresholdsMode } from "@grafana/schema"
import type { PanelPlan } from "./Panel.ts"
import { orders, provider } from "./PanelsOfOrders.ts"
import { events, processes } from "./PanelsOfProcesses.ts"

const source = { type: "prometheus", uid: "${datasource}" }

const across = 24
const width = 8
const height = 8

const targets = ({ kind, queries }: PanelPlan) =>
  queries.map(({ expr, legend }, index) => ({
    refId: String.fromCharCode(65 + index),
    datasource: source,
    editorMode: "code",
    expr,
    legendFormat: legend,
    range: kind !== "table" && kind !== "stat",
    instant: kind === "table" || kind === "stat",
    ...(kind === "table" ? { format: "table" } : {})
  }))

const thresholdsOf = (alarm: number | undefined) => [
  { color: "green", value: null },
  ...(alarm === undefined ? [] : [{ color: "red", value: alarm }])
]

const options: Record<PanelPlan["kind"], Record<string, unknown>> = {
  "timeseries": {
    legend: { displayMode: "list", placement: "bottom", showLegend: true },
    tooltip: { mode: "multi", sort: "desc" }
  },
  "stat": { colorMode: "value", graphMode: "none", reduceOptions: { calcs: ["lastNotNull"] } },
  "state-timeline": { mergeValues: true, showValue: "never" },
  "table": { showHeader: true }
}

const panelOf = (plan: PanelPlan, id: number, at: { readonly x: number; readonly y: number }): Panel => ({
  id,
  type: plan.kind,
  title: plan.title,
  description: plan.description,
  datasource: source,
  gridPos: { ...at, w: width, h: height },
  fieldConfig: {
    defaults: {
      unit: plan.unit,
      min: 0,
      thresholds: { mode: ThresholdsMode.Absolute, steps: thresholdsOf(plan.alarm) },
      custom: plan.kind === "timeseries" && plan.alarm !== undefined
        ? { thresholdsStyle: { mode: "dashed" } }
        : {}
    },
    overrides: []
  },
  options: options[plan.kind],
  targets: targets(plan)
})

const panels = (): Array<Panel | RowPanel> => {
  let id = 0
  let y = 0
  const all: Array<Panel | RowPanel> = []
  for (const row of [orders, provider, events, processes]) {
    id += 1
    all.push({
      id,
      type: "row",
      title: row.title,
      collapsed: false,
      gridPos: { x: 0, y, w: across, h: 1 },
      panels: []
    })
    y += 1
    for (const [index, plan] of row.panels.entries()) {
      id += 1
      const column = index % (across / width)
      const line = Math.floor(index / (across / width))
      all.push(panelOf(plan, id, { x: column * width, y: y + line * height }))
    }
    y += Math.ceil(row.panels.length / (across / width)) * height
  }
  return all
}

const firing = {
  refId: "alerts",
  expr: `ALERTS{alertstate="firing",alertname=~"Saucier.+"}`,
  titleFormat: "{{alertname}}"
}

export const dashboard = (): Dashboard => ({
  uid: "saucier",
  title: "Saucier",
  description: "Orders, the payment provider, events and processes",
  tags: ["saucier"],
  schemaVersion: 42,
  version: 1,
  editable: true,
  graphTooltip: 1,
  timezone: "browser",
  refresh: "15s",
  time: { from: "now-30m", to: "now" },
  templating: {
    list: [
      {
        name: "datasource",
        label: "Prometheus",
        type: "datasource",
        query: "prometheus",
        current: { text: "Prometheus", value: "prometheus" }
      },
      {
        name: "instance",
        label: "Process",
        type: "query",
        datasource: source,
        query: { query: "label_values(saucier_build_info, instance)", refId: "instance" },
        refresh: 2,
        sort: 1,
        multi: true,
        includeAll: true,
        allValue: ".*",
        current: { text: ["All"], value: ["$__all"] }
      }
    ]
  },
  annotations: {
    list: [{
      name: "Alerts",
      datasource: source,
      enable: true,
      iconColor: "red",
      target: firing
    }]
  },
  panels: panels()
})

export const json = (): string => `${JSON.stringify(dashboard(), undefined, 2)}\n`
