/** The alerts ask only for what the code measures: a metric that was renamed would never fire again. */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { globSync } from "tinyglobby"

const rules = readFileSync(new URL("alerts.yaml", import.meta.url), "utf8")

const expressions = Array.from(rules.matchAll(/^\s+expr: (.+)$/gm), ([, expression = ""]) => expression)

const functions = new Set(["max", "by", "rate"])

const metricsOf = (expression: string) =>
  Array.from(
    expression
      .replaceAll(/\{[^}]*\}|\[[^\]]*\]|by \([^)]*\)|"[^"]*"/g, "")
      .matchAll(/[a-z_][a-z0-9_]*/g),
    ([name]) => name
  ).filter((name) => !functions.has(name))

const measured = new Set(
  globSync("packages/*/src/**/*.ts").flatMap((file) =>
    Array.from(
      readFileSync(file, "utf8").matchAll(/Metric\.(?:gauge|counter|histogram)\(\s*"([a-z0-9_]+)"/g),
      ([, name = ""]) => name
    )
  )
)

describe("the alerts", () => {
  it("each have an expression, a time, a severity and words for people", () => {
    const alerts = rules.split(/^ {6}- alert: /m).slice(1)
    assert.isAtLeast(alerts.length, 4)
    for (const alert of alerts) {
      for (
        const part of [
          /^ +expr: /m,
          /^ +for: \d+[sm]$/m,
          /^ +severity: (page|ticket)$/m,
          /^ +summary: ".+"$/m
        ]
      ) {
        assert.match(alert, part)
      }
    }
    assert.strictEqual(expressions.length, alerts.length)
  })

  it.each(expressions)("%s names metrics that the code has", (expression) => {
    const names = metricsOf(expression)
    assert.isNotEmpty(names)
    assert.deepStrictEqual(names.filter((name) => !measured.has(name)), [])
  })
})
