/** Alerts and dashboard ask only for what a process exposes: a metric that was renamed would never be seen again. */
import { assert, describe, it, layer } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Family, Sample } from "../../apps/saucier/test/Exposition.ts"
import * as Dashboard from "../grafana/Dashboard.ts"
import { alerts, tests } from "./Alerts.ts"
import * as Exposed from "./Exposed.ts"
import * as PromQL from "./PromQL.ts"

class Families extends Context.Tag("test/Families")<Families, ReadonlyMap<string, Family>>() {}

/** Given by Prometheus to each target, and made by it. */
const ofTargets = new Set(["job", "instance"])
const ofPrometheus = new Set(["up", "ALERTS"])

const matches = ({ labels }: Sample, { label, operator, value }: PromQL.Matcher): boolean => {
  if (ofTargets.has(label)) return true
  const found = labels[label] ?? ""
  const whole = new RegExp(`^(?:${value})$`)
  switch (operator) {
    case "=":
      return found === value
    case "!=":
      return label in labels && found !== value
    case "=~":
      // Each of what is listed must exist: `Open|HalfOpen` is two values.
      return whole.test(found)
    default:
      return label in labels
  }
}

/** What is wrong with a query, in words. */
const faultsOf = (families: ReadonlyMap<string, Family>, text: string): ReadonlyArray<string> => {
  const { grouping, selectors } = PromQL.parse(text)
  const samples = [...families.values()].flatMap(({ samples }) => samples)
  const own = selectors.filter(({ metric }) => !ofPrometheus.has(metric))
  const faults = own.flatMap(({ matchers, metric }) => {
    const found = samples.filter(({ name }) => name === metric)
    if (found.length === 0) return [`nobody exposes ${metric}`]
    return matchers.filter((matcher) => {
      const values = matcher.operator === "=~" && /^[\w|]+$/.test(matcher.value)
        ? matcher.value.split("|")
        : [matcher.value]
      return values.some((value) => !found.some((sample) => matches(sample, { ...matcher, value })))
    }).map(({ label, operator, value }) => `${metric} has no series of ${label}${operator}"${value}"`)
  })
  const labels = new Set(
    samples.filter(({ name }) => own.some(({ metric }) => metric === name)).flatMap(({ labels }) =>
      Object.keys(labels)
    )
  )
  const unknown = own.length === 0
    ? []
    : grouping.filter((label) => !labels.has(label) && !ofTargets.has(label))
  return [...faults, ...unknown.map((label) => `nothing here has the label ${label}`)]
}

/** The labels that a sentence for people takes from the result. */
const shownLabels = (text: string) =>
  Array.from(text.matchAll(/\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}/g), ([, label = ""]) => label)

layer(Layer.effect(Families, Exposed.families), { excludeTestServices: true, timeout: 60_000 })(
  "each query of",
  (it) => {
    it.effect.each(alerts)(
      "the alert $alert asks for what a process exposes",
      ({ annotations, expr }) =>
        Effect.map(Families, (families) => {
          assert.deepStrictEqual(faultsOf(families, expr), [])
          const { grouping, selectors } = PromQL.parse(expr)
          for (const label of shownLabels(annotations.summary)) {
            const kept = grouping.includes(label) ||
              (grouping.length === 0 && (ofTargets.has(label) || selectors.length > 1))
            assert.isTrue(kept, `the result of ${expr} has the label ${label}`)
          }
        })
    )

    const queries = (Dashboard.dashboard().panels ?? []).flatMap((panel) =>
      panel.type === "row" || !("targets" in panel)
        ? []
        : (panel.targets ?? []).map(({ expr }) => ({ title: panel.title ?? "", expr: String(expr) }))
    )
    it.effect.each(queries)(
      "the panel $title asks for what a process exposes: $expr",
      ({ expr }) =>
        Effect.map(Families, (families) => {
          // A status of failure is not there on a good day.
          const found = faultsOf(families, expr.replace(`status=~"5.."`, `status=~".*"`))
          assert.deepStrictEqual(found, [])
        })
    )
  }
)

describe("the check itself", () => {
  const families = new Map([["orders", {
    type: "gauge",
    help: "",
    samples: [{ name: "orders", labels: { state: "Paid" }, value: 1 }]
  }]])

  it.each([
    ["order", "nobody exposes order"],
    ["orders{state=\"Unpaid\"}", "orders has no series of state=\"Unpaid\""],
    ["orders{state=~\"Paid|Unpaid\"}", "orders has no series of state=~\"Paid|Unpaid\""],
    ["sum by (status) (orders)", "nothing here has the label status"]
  ])("sees what is wrong with %s", (query, fault) => {
    assert.deepStrictEqual(faultsOf(families, query), [fault])
  })

  it("sees what is no query", () => {
    assert.throws(() => PromQL.parse("sum(orders"), "no PromQL")
  })
})

describe("each alert", () => {
  it.each(alerts)("$alert is tested to fire, and to stay silent or for whom it does", ({ alert, labels }) => {
    const expectations = tests.flatMap((test) => test.alert_rule_test).filter(({ alertname }) =>
      alertname === alert
    )
    const fired = expectations.flatMap(({ exp_alerts }) => exp_alerts)
    assert.isNotEmpty(fired)
    assert.isTrue(fired.every(({ exp_labels }) => exp_labels["severity"] === labels.severity))
    const series = tests.filter((test) => test.alert_rule_test.some(({ alertname }) => alertname === alert))
      .flatMap(({ input_series }) => input_series)
    assert.isTrue(
      expectations.some(({ exp_alerts }) => exp_alerts.length === 0) || series.length > fired.length
    )
  })

  it("has a name of its own", () => {
    assert.strictEqual(new Set(alerts.map(({ alert }) => alert)).size, alerts.length)
  })
})
