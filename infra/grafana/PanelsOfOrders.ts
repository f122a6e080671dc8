import { here, quantiles, type RowPlan } from "./Panel.ts"

const http = "http_server_request_duration_seconds"

export const orders: RowPlan = {
  title: "Orders",
  panels: [
    {
      title: "Alerts that fire",
      description: "From infra/prometheus/alerts.yaml",
      kind: "stat",
      unit: "short",
      alarm: 1,
      queries: [{
        expr: `sum by (alertname) (ALERTS{alertstate="firing",alertname=~"Saucier.+"}) or vector(0)`,
        legend: "{{alertname}}"
      }]
    },
    {
      title: "Orders by state",
      description: "As the dashboard has them",
      kind: "stat",
      unit: "short",
      queries: [{ expr: "max by (state) (saucier_orders)", legend: "{{state}}" }]
    },
    {
      title: "Waiting the longest",
      description:
        "Orders that are not paid, or paid and not being prepared; payments and refunds that wait for the provider",
      kind: "timeseries",
      unit: "s",
      alarm: 120,
      queries: [
        { expr: "max by (status) (saucier_order_waiting_seconds)", legend: "order {{status}}" },
        { expr: "max by (status) (saucier_payment_outstanding_seconds)", legend: "payment {{status}}" }
      ]
    },
    {
      title: "Orders registered",
      description: "A second, by process",
      kind: "timeseries",
      unit: "reqps",
      queries: [{
        expr: `sum by (instance) (rate(saucier_orders_registered_total{${here}}[$__rate_interval]))`,
        legend: "{{instance}}"
      }]
    },
    {
      title: "Requests",
      description: "A second, by route and answer",
      kind: "timeseries",
      unit: "reqps",
      queries: [{
        expr: `sum by (method, route, status) (rate(${http}_count{${here}}[$__rate_interval]))`,
        legend: "{{method}} {{route}} {{status}}"
      }]
    },
    {
      title: "Time to answer",
      description: "By route",
      kind: "timeseries",
      unit: "s",
      queries: quantiles(http, "route")
    },
    {
      title: "Failed requests",
      description: "Share of answers with a status from 500 on",
      kind: "timeseries",
      unit: "percentunit",
      alarm: 0.01,
      queries: [{
        expr: `(sum(rate(${http}_count{${here},status=~"5.."}[$__rate_interval])) or vector(0))` +
          ` / sum(rate(${http}_count{${here}}[$__rate_interval]))`,
        legend: "failed"
      }]
    }
  ]
}

export const provider: RowPlan = {
  title: "Payment provider",
  panels: [
    {
      title: "Circuit breaker",
      description: "1 for the state it is in, by process",
      kind: "state-timeline",
      unit: "short",
      queries: [{
        expr: `circuit_breaker_state{${here},state=~"Open|HalfOpen"}`,
        legend: "{{instance}} {{state}}"
      }]
    },
    {
      title: "Attempts",
      description: "A second, by what they came to",
      kind: "timeseries",
      unit: "reqps",
      queries: [
        {
          expr:
            `sum by (operation, outcome) (rate(saucier_provider_call_duration_seconds_count{${here}}[$__rate_interval]))`,
          legend: "{{operation}} {{outcome}}"
        },
        {
          expr: `sum(rate(circuit_breaker_not_permitted_total{${here}}[$__rate_interval]))`,
          legend: "not permitted by the breaker"
        }
      ]
    },
    {
      title: "Time that an attempt takes",
      description: "By operation",
      kind: "timeseries",
      unit: "s",
      queries: quantiles("saucier_provider_call_duration_seconds", "operation")
    },
    {
      title: "Outstanding",
      description: "Payments whose outcome is open, and refunds owed",
      kind: "timeseries",
      unit: "short",
      queries: [{ expr: "max by (status) (saucier_payments_outstanding)", legend: "{{status}}" }]
    },
    {
      title: "Calls at once",
      description: "Under way, and waiting for a place",
      kind: "timeseries",
      unit: "short",
      queries: [
        { expr: `sum by (instance) (bulkhead_running{${here}})`, legend: "{{instance}} under way" },
        { expr: `sum by (instance) (bulkhead_waiting{${here}})`, legend: "{{instance}} waiting" }
      ]
    }
  ]
}
