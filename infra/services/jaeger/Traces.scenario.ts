/** What an operator sees of an order in a real Jaeger, after it went through every service in a process of its own. */
import { assert, describe, it } from "@effect/vitest"
import * as Stats from "@saucier/proof/Stats"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as SupervisorProbe from "../../../apps/saucier/src/SupervisorProbe.ts"
import * as World from "../../cluster/World.ts"
import { isWhole, tracesOf } from "./JaegerTraces.ts"
import * as Observed from "./Observed.ts"

/** What every process has handed over so far: spans, and bytes. */
const exportedBy = (world: World.World) =>
  Effect.gen(function*() {
    const { services } = yield* world.control.status()
    const urls = services.flatMap(({ processes }) => processes.flatMap(({ url }) => url ?? []))
    const texts = yield* Effect.forEach(urls, (url) => World.ask(`${url}/metrics`))
    const sum = (name: string) =>
      texts.reduce((sum, { text }) => sum + (SupervisorProbe.metric(text, name) ?? 0), 0)
    return {
      spans: sum("saucier_telemetry_exported_spans_total"),
      bytes: sum("saucier_telemetry_exported_bytes_total")
    }
  })

/** Waits for the trace of an order, and looks at all of it; how long it took to be there, in milliseconds. */
const judge = (ui: string, orderId: string) =>
  Effect.gen(function*() {
    const begun = performance.now()
    const traces = yield* Effect.repeat(Effect.delay(tracesOf(ui, orderId), "20 millis"), {
      until: (found) => found.some(isWhole)
    }).pipe(Effect.timeout("30 seconds"))
    const visible = performance.now() - begun
    assert.strictEqual(traces.length, 1, "one trace for one order")
    const [trace] = traces
    const spans = trace?.spans ?? []
    const roots = spans.filter(({ references }) =>
      references.every(({ traceID }) => traceID !== trace?.traceID)
    )
    assert.deepStrictEqual(roots.map(({ operationName }) => operationName), ["POST /orders"])
    for (const span of spans) {
      // Clocks of processes differ by fractions of a millisecond, which Jaeger remarks on.
      const warnings = (span.warnings ?? []).filter((warning) => !warning.includes("clock skew"))
      assert.deepStrictEqual(warnings, [], "no broken span")
      assert.notMatch(span.operationName, /(ord|pay|dlv)_/)
      assert.isFalse(span.tags.some(({ key, value }) => key === "error" && value === true))
    }
    const prepare = spans.find(({ operationName }) => operationName === "delivery.prepare")
    const link = prepare?.references.find(({ refType }) => refType === "FOLLOWS_FROM")
    const producer = spans.find(({ spanID }) => spanID === link?.spanID)
    assert.strictEqual(producer?.operationName, "Payment.RequestPayment")
    return visible
  })

describe("an order in Jaeger", () => {
  it.scopedLive("is one trace of every service, with its asynchronous part linked to what caused it", () =>
    Effect.gen(function*() {
      const { ui, world } = yield* Observed.start
      const count = 20
      yield* Effect.sleep("3 seconds")
      const before = yield* exportedBy(world)
      const orders = yield* Effect.replicateEffect(Observed.place(world), count)
      yield* Effect.sleep("3 seconds")
      const after = yield* exportedBy(world)
      yield* Console.log(
        `an order: ${(after.spans - before.spans) / count} spans and ` +
          `${Math.round((after.bytes - before.bytes) / count)} bytes exported, without the provider's`
      )
      for (const orderId of orders) yield* judge(ui, orderId)
      const times = yield* Effect.replicateEffect(
        Effect.flatMap(Observed.place(world), (orderId) => judge(ui, orderId)),
        count
      )
      const { max, p50 } = Stats.of(times)
      yield* Console.log(
        `from the answer until Jaeger shows all of it: ${Math.round(p50)} ms in the middle, ` +
          `${Math.round(max)} ms at most (handed over every ${Observed.delay} ms)`
      )
      assert.deepStrictEqual(yield* world.end, { code: 0, left: [] })
    }))

  it.scopedLive("is still one trace when all that hold it are others by the time it is delivered", () =>
    Effect.gen(function*() {
      const { ui, world } = yield* Observed.start
      yield* world.control.stop({ path: { service: "delivery" } })
      const orderId = yield* Observed.place(world)
      for (const service of ["order", "payment", "dashboard", "gateway"]) {
        yield* world.control.restart({ path: { service } })
        yield* world.ready(service)
      }
      yield* world.control.start({ path: { service: "delivery" } })
      yield* world.ready("delivery")
      yield* judge(ui, orderId)
      assert.deepStrictEqual(yield* world.end, { code: 0, left: [] })
    }))
})
