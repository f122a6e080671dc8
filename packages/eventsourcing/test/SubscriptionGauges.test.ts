import { assert, describe, it } from "@effect/vitest"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import * as CheckpointsMemory from "@saucier/eventsourcing/CheckpointsMemory"
import { Position, type RecordedEvent, start } from "@saucier/eventsourcing/Event"
import * as Feed from "@saucier/eventsourcing/Feed"
import type { ParkedEvents } from "@saucier/eventsourcing/ParkedEvents"
import * as ParkedEventsMemory from "@saucier/eventsourcing/ParkedEventsMemory"
import * as Policy from "@saucier/eventsourcing/Policy"
import * as Projection from "@saucier/eventsourcing/Projection"
import * as SubscriptionGauges from "@saucier/eventsourcing/SubscriptionGauges"
import * as SubscriptionLag from "@saucier/eventsourcing/SubscriptionLag"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as MetricState from "effect/MetricState"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { eventually, inVirtualTime, makeLog, record, unavailable } from "./SubscriptionWorld.ts"

const memory = Layer.mergeAll(CheckpointsMemory.layer, ParkedEventsMemory.layer)

const test = <A, E>(title: string, body: () => Effect.Effect<A, E, Checkpoints | ParkedEvents>) =>
  it.effect(title, () => inVirtualTime(Effect.provide(Effect.suspend(body), memory)))

/** As it is measured, the lag in seconds; undefined where nobody measures. */
const measured = (subscription: string, name = "saucier_subscription_lag_seconds") =>
  Effect.map(Metric.snapshot, (pairs) => {
    const state = pairs.find(({ metricKey }) =>
      metricKey.name === name &&
      metricKey.tags.some(({ value }) => value === subscription)
    )?.metricState
    return state !== undefined && MetricState.isGaugeState(state) ? Number(state.value) : undefined
  })

describe("SubscriptionLag", () => {
  test("is the age of the oldest event that a policy has not finished, whatever else it has done", () =>
    Effect.gen(function*() {
      const log = makeLog()
      const gate = yield* Effect.makeLatch(false)
      const policy = Policy.make({
        name: "lag.policy",
        feed: log.feed,
        handle: (_, { streamId }) => streamId === "stuck" ? gate.await : Effect.void
      })
      log.append("a")
      const fiber = yield* Effect.fork(Policy.run(policy))
      yield* eventually(() => Effect.map(measured("lag.policy"), (lag) => lag === 0))
      log.append("stuck")
      for (let i = 0; i < 20; i++) log.append(`s${i}`)
      yield* Effect.sleep("90 seconds")
      const lag = (yield* measured("lag.policy")) ?? 0
      assert.isAbove(lag, 85)
      assert.isAtMost(lag, 95)
      yield* gate.open
      yield* eventually(() => Effect.map(measured("lag.policy"), (lag) => lag === 0))
      yield* Fiber.interrupt(fiber)
      assert.isNaN(yield* measured("lag.policy"))
    }))

  test("grows for a projection whose rows cannot be written", () =>
    Effect.gen(function*() {
      const log = makeLog()
      let trouble = true
      const projection = Projection.make({
        name: "lag.projection",
        feed: log.feed,
        handle: () => Effect.suspend(() => trouble ? Effect.fail(unavailable) : Effect.void)
      })
      log.append("a")
      yield* Effect.fork(Projection.run(projection))
      yield* Effect.sleep("30 seconds")
      yield* eventually(() => Effect.map(measured("lag.projection"), (lag) => (lag ?? 0) > 25))
      trouble = false
      yield* eventually(() => Effect.map(measured("lag.projection"), (lag) => lag === 0))
    }))

  test("is taken to grow while the log cannot be read", () =>
    Effect.gen(function*() {
      let readable = true
      const log = {
        first: () => Effect.suspend(() => readable ? Effect.succeedNone : Effect.fail(unavailable))
      }
      yield* Effect.fork(SubscriptionGauges.shown("lag.dark", log)(Effect.never))
      yield* Effect.sleep("5 seconds")
      assert.strictEqual(yield* measured("lag.dark"), 0)
      readable = false
      yield* Effect.sleep("20 seconds")
      assert.isAbove((yield* measured("lag.dark")) ?? 0, 18)
    }))

  test("is known from the saved checkpoint alone", () =>
    Effect.gen(function*() {
      const log = makeLog()
      log.append("a")
      log.append("a")
      yield* Effect.sleep("3 seconds")
      assert.strictEqual(yield* SubscriptionLag.saved("lag.nobody", log.feed), 3000)
      yield* (yield* Checkpoints).commit("lag.nobody", log.head(), Effect.void)
      assert.strictEqual(yield* SubscriptionLag.saved("lag.nobody", log.feed), 0)
    }))
})

describe("what is parked", () => {
  test("is counted where the subscription runs, and nowhere else", () =>
    Effect.gen(function*() {
      const log = makeLog()
      const policy = Policy.make({
        name: "gauge.parked",
        feed: log.feed,
        maxTries: 1,
        handle: (_, { streamId }) => streamId === "poison" ? Effect.fail("no") : Effect.void
      })
      for (const stream of ["a", "poison", "poison"]) log.append(stream)
      const fiber = yield* Effect.fork(Policy.run(policy))
      const parked = measured("gauge.parked", "saucier_parked_events")
      yield* eventually(() => Effect.map(parked, (count) => count === 2))
      yield* eventually(() => Effect.map(measured("gauge.parked"), (lag) => lag === 0))
      yield* Fiber.interrupt(fiber)
      assert.isNaN(yield* parked)
    }))
})

describe("Feed.first", () => {
  it.effect("passes the events of other categories, and never twice", () =>
    Effect.gen(function*() {
      const recorded: Array<RecordedEvent> = Array.from(
        { length: 200 },
        (_, index) => record("orderkey-k", index + 1, index + 1)
      )
      let pages = 0
      const feed = Feed.make(
        {
          feed: () => Stream.empty,
          page: (after, limit) =>
            Effect.sync(() => {
              pages += 1
              return recorded.slice(Number(after), Number(after) + limit)
            })
        },
        "order",
        { decode: Schema.decodeUnknownEither(Schema.Never) }
      )
      assert.isTrue(Option.isNone(yield* feed.first(start)))
      pages = 0
      assert.isTrue(Option.isNone(yield* feed.first(start)))
      assert.strictEqual(pages, 1)
      recorded.push(record("order-o", 1, 201))
      const found = yield* feed.first(start)
      assert.strictEqual(Option.getOrThrow(found).streamId, "order-o")
      assert.strictEqual(Option.getOrThrow(yield* feed.first(Position.make("7"))).streamId, "order-o")
    }))
})
