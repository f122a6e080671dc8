/** What an operator sees of an order in a real Jaeger, after it went through every service in a process of its own. */
import { assert, describe, it } from "@effect/vitest"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as World from "../../cluster/World.ts"
import * as Jaeger from "./Jaeger.ts"

const Reference = Schema.Struct({ refType: Schema.String, traceID: Schema.String, spanID: Schema.String })
const Span = Schema.Struct({
  spanID: Schema.String,
  operationName: Schema.String,
  references: Schema.Array(Reference),
  processID: Schema.String,
  tags: Schema.Array(Schema.Struct({ key: Schema.String, value: Schema.Unknown })),
  warnings: Schema.NullOr(Schema.Array(Schema.String))
})
const Found = Schema.Struct({
  data: Schema.Array(Schema.Struct({
    traceID: Schema.String,
    spans: Schema.Array(Span),
    processes: Schema.Record({ key: Schema.String, value: Schema.Struct({ serviceName: Schema.String }) })
  }))
})

const Placed = Schema.parseJson(Schema.Struct({ id: Schema.String }))

const everyone = ["gateway", "order", "payment", "provider", "delivery", "dashboard"]

const tracesOf = (ui: string, orderId: string) => {
  const tags = encodeURIComponent(JSON.stringify({ "saucier.order.id": orderId }))
  return Effect.map(
    World.ask(`${ui}/api/traces?service=gateway&lookback=1h&tags=${tags}`),
    ({ text }) => Schema.decodeUnknownSync(Schema.parseJson(Found))(text).data
  )
}

const servicesOf = ({ processes, spans }: (typeof Found.Type)["data"][number]) =>
  new Set(spans.map(({ processID }) => processes[processID]?.serviceName))

describe("an order in Jaeger", () => {
  it.scopedLive("is one trace of every service, with its asynchronous part linked to what caused it", () =>
    Effect.gen(function*() {
      const { otlp, ui } = yield* Jaeger.start
      const world = yield* World.start({
        settings: {
          OTEL_EXPORTER_OTLP_ENDPOINT: otlp,
          OTEL_METRICS_EXPORTER: "none",
          OTEL_BSP_SCHEDULE_DELAY: "200"
        }
      })
      const place = Effect.map(
        World.ask(`${world.base}/orders`, "POST", { branchId: "1", sauceId: "1", qty: 10, price: 10_000 }),
        ({ text }) => Schema.decodeUnknownSync(Placed)(text).id
      )
      const judge = (orderId: string) =>
        Effect.gen(function*() {
          const begun = performance.now()
          const traces = yield* World.until(
            tracesOf(ui, orderId),
            (found) => found.some((trace) => everyone.every((service) => servicesOf(trace).has(service)))
          )
          const visible = performance.now() - begun
          assert.strictEqual(traces.length, 1, "one trace for one order")
          const [trace] = traces
          const spans = trace?.spans ?? []
          const ids = new Set(spans.map(({ spanID }) => spanID))
          // What follows from a recorded event is linked to its parent, which Jaeger shows as one reference.
          const parents = (span: typeof Span.Type) =>
            span.references.filter(({ traceID }) => traceID === trace?.traceID)
          const roots = spans.filter((span) => parents(span).length === 0)
          assert.deepStrictEqual(roots.map(({ operationName }) => operationName), ["POST /orders"])
          for (const span of spans) {
            assert.isTrue(
              parents(span).every(({ spanID }) => ids.has(spanID)),
              `${span.operationName} has its parent`
            )
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
          yield* Console.log(
            `${orderId}: ${spans.length} spans, all in Jaeger ${Math.round(visible)} ms after the answer`
          )
        })
      yield* World.until(Effect.either(place), (placed) => placed._tag === "Right")
      for (const orderId of yield* Effect.replicateEffect(place, 5)) yield* judge(orderId)

      yield* world.control.restart({ path: { service: "payment" } })
      yield* world.ready("payment")
      yield* judge(yield* place)
      assert.deepStrictEqual(yield* world.end, { code: 0, left: [] })
    }))
})
