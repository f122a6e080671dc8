/** The HPA is the rule of the code in Kubernetes' words. */
import { assert, describe, it } from "@effect/vitest"
import * as ScalingRules from "@saucier/assembly/ScalingRules"
import type { ScalingRule } from "@saucier/runtime/Autoscaling"
import * as Duration from "effect/Duration"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as Manifests from "./Manifests.ts"

const providerCalls = "provider_calls"

const metric = (name: string, target: number) =>
  name === "cpu"
    ? {
      type: "Resource",
      resource: { name: "cpu", target: { type: "AverageValue", averageValue: `${target * 1000}m` } }
    }
    : {
      type: "Pods",
      pods: { metric: { name: providerCalls }, target: { type: "AverageValue", averageValue: `${target}` } }
    }

const policies = ({ percent, processes, within }: ScalingRule["up"]) => {
  const periodSeconds = Duration.toSeconds(within)
  const percents = percent > 0 ? [{ type: "Percent", value: percent, periodSeconds }] : []
  return { selectPolicy: "Max", policies: [{ type: "Pods", value: processes, periodSeconds }, ...percents] }
}

const rendered = ({ down, least, most, targets, up }: ScalingRule) => ({
  minReplicas: least,
  maxReplicas: most,
  metrics: Object.entries(targets).map(([name, target]) => metric(name, target)),
  behavior: {
    scaleUp: { stabilizationWindowSeconds: 0, ...policies(up) },
    scaleDown: { stabilizationWindowSeconds: Duration.toSeconds(down.after), ...policies(down) }
  }
})

const autoscalers = Manifests.ofKind("cluster", "HorizontalPodAutoscaler", Manifests.Autoscaler)

describe("the autoscalers", () => {
  it("are there for each service that has a rule, and for no other", () => {
    assert.sameMembers(autoscalers.map(({ metadata }) => metadata.name), Object.keys(ScalingRules.rules))
  })

  it.each(Object.entries(ScalingRules.rules))("scale %s by the numbers of its rule", (name, rule) => {
    const found = autoscalers.find(({ metadata }) => metadata.name === name)
    assert(found !== undefined)
    const { behavior, maxReplicas, metrics, minReplicas } = found.spec
    assert.deepStrictEqual({ behavior, maxReplicas, metrics, minReplicas }, rendered(rule))
  })

  it("alone say how many there are", () => {
    for (const { metadata, spec } of Manifests.deployments("cluster")) {
      assert.strictEqual(spec.replicas === undefined, metadata.name in ScalingRules.rules, metadata.name)
    }
  })

  it("find the calls at the provider where the adapter puts them, as the sum of the rule's gauges", () => {
    const adapter = readFileSync(join(Manifests.folder, "prometheus-adapter.yaml"), "utf8")
    const sum = ScalingRules.metrics.providerCalls.map((name) =>
      `sum(${name}{<<.LabelMatchers>>}) by (<<.GroupBy>>)`
    )
    assert.include(adapter, `as: ${providerCalls}\n`)
    assert.include(adapter, `metricsQuery: ${sum.join(" + ")}\n`)
  })
})
