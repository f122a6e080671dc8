import { here, quantiles, type RowPlan } from "./Panel.ts"

export const events: RowPlan = {
  title: "Events",
  panels: [
    {
      title: "Lag",
      description: "Age of the oldest event that a subscription has not dealt with",
      kind: "timeseries",
      unit: "s",
      alarm: 5,
      queries: [{
        expr: "max by (subscription) (saucier_subscription_lag_seconds)",
        legend: "{{subscription}}"
      }]
    },
    {
      title: "Parked events",
      description: "Set aside after failing: pnpm saucier parked list",
      kind: "timeseries",
      unit: "short",
      alarm: 1,
      queries: [{ expr: "max by (subscription) (saucier_parked_events)", legend: "{{subscription}}" }]
    },
    {
      title: "Events seen",
      description: "A second, by subscription",
      kind: "timeseries",
      unit: "reqps",
      queries: [{
        expr: `sum by (subscription) (rate(saucier_subscription_events_total{${here}}[$__rate_interval]))`,
        legend: "{{subscription}}"
      }]
    },
    {
      title: "Time to commit",
      description: "By store",
      kind: "timeseries",
      unit: "s",
      queries: quantiles("saucier_append_commit_duration_seconds", "store")
    },
    {
      title: "Appends in one commit",
      description: "On average, by store",
      kind: "timeseries",
      unit: "short",
      queries: [{
        expr: `sum by (store) (rate(saucier_append_batch_size_sum{${here}}[$__rate_interval]))` +
          ` / sum by (store) (rate(saucier_append_batch_size_count{${here}}[$__rate_interval]))`,
        legend: "{{store}}"
      }]
    }
  ]
}

export const processes: RowPlan = {
  title: "Processes",
  panels: [
    {
      title: "Shards",
      description: "Owned by each process, and owned by none",
      kind: "timeseries",
      unit: "short",
      queries: [
        { expr: `saucier_shards_owned{${here}}`, legend: "{{instance}}" },
        { expr: "max by (group) (saucier_shards_unowned)", legend: "{{group}}: nobody" }
      ]
    },
    {
      title: "Aggregates in memory",
      description: "By type",
      kind: "timeseries",
      unit: "short",
      queries: [{ expr: `sum by (type) (effect_cluster_entities{${here}})`, legend: "{{type}}" }]
    },
    {
      title: "Event loop",
      description: "How late it ran, at worst, between two looks",
      kind: "timeseries",
      unit: "s",
      alarm: 0.5,
      queries: [{
        expr: `nodejs_eventloop_lag_seconds{${here},quantile="1"}`,
        legend: "{{instance}}"
      }]
    },
    {
      title: "CPU",
      description: "Cores in use",
      kind: "timeseries",
      unit: "short",
      queries: [{
        expr: `rate(process_cpu_seconds_total{${here}}[$__rate_interval])`,
        legend: "{{instance}}"
      }]
    },
    {
      title: "Memory",
      description: "In RAM",
      kind: "timeseries",
      unit: "bytes",
      queries: [{ expr: `process_resident_memory_bytes{${here}}`, legend: "{{instance}}" }]
    },
    {
      title: "Traces dropped",
      description: "Spans a second that the collector did not take",
      kind: "timeseries",
      unit: "reqps",
      queries: [{
        expr: `sum by (instance) (rate(saucier_telemetry_dropped_spans_total{${here}}[$__rate_interval]))`,
        legend: "{{instance}}"
      }]
    },
    {
      title: "Up for",
      description: "Since the process started",
      kind: "timeseries",
      unit: "s",
      queries: [{ expr: `time() - process_start_time_seconds{${here}}`, legend: "{{instance}}" }]
    },
    {
      title: "What runs",
      description: "Versions of Saucier and of Node.js",
      kind: "table",
      unit: "short",
      queries: [{ expr: `saucier_build_info{${here}}`, legend: "{{instance}}" }]
    }
  ]
}
