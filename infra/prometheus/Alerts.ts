/** The alerts and their tests, as Prometheus reads them. */
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { parse } from "yaml"

const texts = Schema.Record({ key: Schema.String, value: Schema.String })

export const Alert = Schema.Struct({
  alert: Schema.String,
  expr: Schema.String,
  for: Schema.optional(Schema.String),
  labels: Schema.Struct({ severity: Schema.Literal("page", "ticket") }),
  annotations: Schema.Struct({ summary: Schema.NonEmptyString })
})
export type Alert = typeof Alert.Type

const Rules = Schema.Struct({
  groups: Schema.Array(Schema.Struct({ name: Schema.String, rules: Schema.Array(Alert) }))
})

const Tests = Schema.Struct({
  tests: Schema.Array(Schema.Struct({
    input_series: Schema.Array(Schema.Struct({ series: Schema.String, values: Schema.String })),
    alert_rule_test: Schema.Array(Schema.Struct({
      alertname: Schema.String,
      exp_alerts: Schema.Array(Schema.Struct({ exp_labels: texts }))
    }))
  }))
})

const read = (name: string): unknown => parse(readFileSync(new URL(name, import.meta.url), "utf8"))

const strict = { onExcessProperty: "error" } as const

/** Throws when a rule has a part that none may have, or lacks one. */
export const alerts: ReadonlyArray<Alert> = Schema.decodeUnknownSync(Rules, strict)(read("alerts.yaml"))
  .groups.flatMap(({ rules }) => rules)

export const { tests } = Schema.decodeUnknownSync(Tests)(read("alerts.test.yaml"))
