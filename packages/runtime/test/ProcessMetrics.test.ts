import { assert, describe, it } from "@effect/vitest"
import * as ProcessMetrics from "@saucier/runtime/ProcessMetrics"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as MetricState from "effect/MetricState"
import * as TestClock from "effect/TestClock"

/** The longest that it is told to have been late, in seconds, to one who looks now. */
const longest = Effect.gen(function*() {
  const { observe } = yield* ProcessMetrics.ProcessMetrics
  yield* observe
  const found = (yield* Metric.snapshot).find(({ metricKey: { name, tags } }) =>
    name === "nodejs_eventloop_lag_seconds" && tags.some(({ value }) => value === "1")
  )?.metricState
  return MetricState.isGaugeState(found) ? Number(found.value) : -1
})

/** Real time for the event loop to tick in, whatever the clock of the test says. */
const ticks = Effect.promise(() => new Promise((resolve) => setTimeout(resolve, 60)))

const standStill = Effect.sync(() => {
  const end = performance.now() + 200
  while (performance.now() < end);
})

describe("how late the event loop ran", () => {
  it.scoped("is told to all who look within a while, and forgotten then", () =>
    Effect.gen(function*() {
      yield* ticks
      yield* standStill
      yield* ticks
      assert.isAtLeast(yield* longest, 0.15)
      assert.isAtLeast(yield* longest, 0.15, "a second one, who looks at once")
      yield* TestClock.adjust("16 seconds")
      assert.isAtLeast(yield* longest, 0.15, "one who looks every 15 seconds")
      yield* ticks
      assert.isAtLeast(yield* longest, 0.15)
      yield* TestClock.adjust("16 seconds")
      yield* longest
      yield* ticks
      assert.isBelow(yield* longest, 0.15)
    }).pipe(Effect.provide(ProcessMetrics.layer({ version: "test" }))))
})
