/** How many processes each service has under which load: what the supervisor follows, and what infra/k8s must say alike. */
import type { ScalingRule } from "@saucier/runtime/Autoscaling"
import * as Duration from "effect/Duration"

/** What a process carries: processor cores, and the calls at the payment provider that run or wait, from these gauges. */
export const metrics = {
  cpu: "process_cpu_seconds_total",
  providerCalls: ["bulkhead_running", "bulkhead_waiting"]
} as const

const pace = {
  tolerance: 0.1,
  up: { processes: 4, percent: 100, within: Duration.seconds(15) },
  down: { processes: 1, percent: 0, within: Duration.minutes(1), after: Duration.minutes(5) }
}

/** 60 % of the half core that a process is given in Kubernetes. */
const cpu = 0.3

export const rules = {
  gateway: { ...pace, least: 2, most: 10, targets: { cpu } },
  order: { ...pace, least: 2, most: 10, targets: { cpu } },
  payment: { ...pace, least: 1, most: 10, targets: { cpu, providerCalls: 16 } }
} as const satisfies Record<string, ScalingRule>
