/** What a process knows of itself: how it is, how large, and what it hosts. */
import * as Runner from "@saucier/eventsourcing/Runner"
import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import * as Metric from "effect/Metric"
import type * as MetricPair from "effect/MetricPair"
import * as MetricState from "effect/MetricState"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import process from "node:process"
import { Health } from "./Health.ts"

/**
 * `process` is `service@host/pid`; `startedAt` is in epoch milliseconds. `entities` counts the actors that live here by type,
 * `subscriptions` are those that run here: `lag` is the age in seconds of the oldest event not dealt with, `parked` counts
 * what was set aside, `events` what was seen since the process began.
 */
export const ProcessFacts = Schema.Struct({
  process: Schema.String,
  pid: Schema.Int,
  startedAt: Schema.Number,
  memoryBytes: Schema.Number,
  cpuSeconds: Schema.Number,
  checks: Schema.Array(Schema.Struct({ name: Schema.String, ok: Schema.Boolean, message: Schema.String })),
  entities: Schema.Array(Schema.Struct({ type: Schema.String, count: Schema.Int })),
  subscriptions: Schema.Array(Schema.Struct({
    name: Schema.String,
    lag: Schema.NullOr(Schema.Number),
    parked: Schema.Int,
    events: Schema.Int
  }))
}).annotations({ identifier: "ProcessFacts" })
export type ProcessFacts = typeof ProcessFacts.Type

/** The values of a metric by one of its labels, but those that are not measured any more. */
const byLabel = (pairs: ReadonlyArray<MetricPair.MetricPair.Untyped>, name: string, label: string) => {
  const values = new Map<string, number>()
  for (const { metricKey, metricState } of pairs) {
    if (metricKey.name !== name) continue
    const tag = metricKey.tags.find(({ key }) => key === label)
    const value = MetricState.isGaugeState(metricState)
      ? Number(metricState.value)
      : MetricState.isCounterState(metricState)
      ? Number(metricState.count)
      : Number.NaN
    if (tag !== undefined && !Number.isNaN(value)) values.set(tag.value, value)
  }
  return values
}

const subscriptionsOf = (pairs: ReadonlyArray<MetricPair.MetricPair.Untyped>) => {
  const lag = byLabel(pairs, "saucier_subscription_lag_seconds", "subscription")
  const parked = byLabel(pairs, "saucier_parked_events", "subscription")
  const events = byLabel(pairs, "saucier_subscription_events_total", "subscription")
  return [...new Set([...lag.keys(), ...parked.keys()])].sort().map((name) => ({
    name,
    lag: lag.get(name) ?? null,
    parked: parked.get(name) ?? 0,
    events: events.get(name) ?? 0
  }))
}

/** Asked for where health is known, it tells of that too. */
export const make = Effect.gen(function*() {
  const health = yield* Effect.serviceOption(Health)
  const name = (yield* FiberRef.get(Runner.current)) ?? `saucier@/${process.pid}`
  return Effect.gen(function*() {
    const pairs = yield* Metric.snapshot
    const { system, user } = process.cpuUsage()
    const checks = yield* Option.match(health, {
      onNone: () => Effect.succeed([]),
      onSome: ({ results }) => results
    })
    const facts: ProcessFacts = {
      process: name,
      pid: process.pid,
      startedAt: Math.round(performance.timeOrigin),
      memoryBytes: process.memoryUsage.rss(),
      cpuSeconds: (system + user) / 1e6,
      checks,
      entities: [...byLabel(pairs, "effect_cluster_entities", "type")]
        .map(([type, count]) => ({ type, count }))
        .filter(({ count }) => count > 0),
      subscriptions: subscriptionsOf(pairs)
    }
    return facts
  })
})
