import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as CollectorStub from "./CollectorStub.ts"
import * as World from "./World.ts"

const exporting = (url: string) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
  OTEL_BSP_SCHEDULE_DELAY: "20"
})

const traceIdOf = (answer: World.Answer) => answer.headers.get("x-request-id") ?? ""

const isPart = (name: string) => ({ name: found }: { readonly name: string }) => found === name

describe("Traces", () => {
  it.scopedLive("one order is one trace, from the request to the dashboard's rows", () =>
    Effect.gen(function*() {
      const collector = yield* CollectorStub.start
      const { get, post } = yield* World.world("instant", exporting(collector.url))
      const order = yield* post("/orders", World.seed)
      const orderId = String(order.body["id"])
      yield* World.until(get(`/orders/${orderId}`), ({ body }) => body["status"] === "Preparing")
      const traceId = traceIdOf(order)
      const ofOrder = (spans: ReadonlyArray<CollectorStub.CollectedSpan>) =>
        spans.filter((span) => span.traceId === traceId)
      const wanted = [
        "POST /orders",
        "Order.PlaceOrder",
        "Payment.RequestPayment",
        "PaymentProvider.charge",
        "EventStore.append",
        "delivery.prepare",
        "Delivery.PrepareDelivery",
        "order.delivery",
        "dashboard.order",
        "dashboard.payment",
        "dashboard.delivery"
      ]
      const spans = ofOrder(
        yield* collector.until((all) => wanted.every((name) => ofOrder(all).some(isPart(name))))
      )

      const ids = new Set(spans.map(({ spanId }) => spanId))
      const roots = spans.filter(({ parent }) => parent === undefined)
      assert.deepStrictEqual(roots.map(({ name }) => name), ["POST /orders"])
      assert.deepStrictEqual(
        spans.filter(({ parent }) => parent !== undefined && !ids.has(parent)),
        [],
        "every parent is in the trace"
      )
      assert.isEmpty(spans.filter(({ failed }) => failed))
      assert.isEmpty(spans.filter(({ name }) => /(ord|pay|dlv)_/.test(name)), "names are of low cardinality")
      const [root] = roots
      assert.strictEqual(root?.attribute("http.route"), "/orders")
      assert.strictEqual(root?.attribute("saucier.order.id"), orderId)
      assert.strictEqual(root?.service, "saucier")

      const prepare = spans.find(isPart("delivery.prepare"))
      const producer = spans.find(({ spanId }) => spanId === prepare?.parent)
      assert(producer !== undefined)
      assert.strictEqual(producer.name, "Payment.RequestPayment")
      assert.deepStrictEqual(prepare?.links, [producer.spanId])
      assert.strictEqual(prepare?.attribute("saucier.order.id"), orderId)
      const [asked, answered] = spans.filter(isPart("Payment.RequestPayment")).toSorted((a, b) =>
        b.kind - a.kind
      )
      assert.deepStrictEqual([asked?.kind, answered?.kind, answered?.parent], [3, 2, asked?.spanId])
    }))

  it.scopedLive("a trace that began elsewhere goes on here, and is not recorded when it is not there", () =>
    Effect.gen(function*() {
      const collector = yield* CollectorStub.start
      const { post } = yield* World.world("instant", exporting(collector.url))
      const place = (traceId: string, flags: string) =>
        post("/orders", World.seed, { traceparent: `00-${traceId}-00f067aa0ba902b7-${flags}` })
      const unsampled = yield* place("a".repeat(32), "00")
      const sampled = yield* place("b".repeat(32), "01")
      assert.strictEqual(traceIdOf(unsampled), "a".repeat(32))
      assert.strictEqual(traceIdOf(sampled), "b".repeat(32))
      const spans = yield* collector.until((all) => all.some(isPart("dashboard.delivery")))
      assert.strictEqual(spans.find(isPart("POST /orders"))?.parent, "00f067aa0ba902b7")
      assert.deepStrictEqual([...new Set(spans.map(({ traceId }) => traceId))], ["b".repeat(32)])
    }))

  it.scopedLive("a sampler of one in two records whole traces or nothing of them", () =>
    Effect.gen(function*() {
      const collector = yield* CollectorStub.start
      const { post } = yield* World.world("instant", {
        ...exporting(collector.url),
        OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
        OTEL_TRACES_SAMPLER_ARG: "0.5"
      })
      const orders = yield* Effect.replicateEffect(post("/orders", World.seed), 40)
      const roots = () => collector.spans.filter(isPart("POST /orders"))
      const expected = orders.map(traceIdOf).filter((id) => Number.parseInt(id.slice(18), 16) >= 2 ** 55)
      assert.isAbove(expected.length, 5)
      assert.isBelow(expected.length, 35)
      yield* collector.until(() => roots().length >= expected.length)
      assert.sameMembers(roots().map(({ traceId }) => traceId), expected)
      assert.isEmpty(collector.spans.filter(({ traceId }) => !expected.includes(traceId)))
    }))

  it.scopedLive("without telemetry nothing leaves the process, and answers still carry an id", () =>
    Effect.gen(function*() {
      const collector = yield* CollectorStub.start
      const { post } = yield* World.world("instant", {
        ...exporting(collector.url),
        OTEL_SDK_DISABLED: "true"
      })
      const order = yield* post("/orders", World.seed)
      assert.match(traceIdOf(order), /^[0-9a-f]{32}$/)
      assert.isEmpty(collector.received)
    }))

  it.scopedLive("a collector that is away costs no order", () =>
    Effect.gen(function*() {
      const { post, url } = yield* World.world("instant", exporting("http://127.0.0.1:9"))
      const orders = yield* Effect.replicateEffect(post("/orders", World.seed), 20)
      assert.isTrue(orders.every(({ status }) => status === 201))
      const dropped = Effect.promise(() => fetch(`${url}/metrics`).then((response) => response.text())).pipe(
        Effect.repeat({ until: (text) => /^saucier_telemetry_dropped_spans_total [1-9]/m.test(text) })
      )
      yield* dropped
    }))

  it.scopedLive("the collector is told who we are and what it asked for", () =>
    Effect.gen(function*() {
      const collector = yield* CollectorStub.start
      const { post } = yield* World.world("instant", {
        ...exporting(collector.url),
        OTEL_SERVICE_NAME: "sauces",
        OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=te%20st,service.name=ignored",
        OTEL_EXPORTER_OTLP_HEADERS: "x-api-key=k%3D1"
      })
      yield* post("/orders", World.seed)
      yield* collector.until((all) => all.length > 0)
      assert.strictEqual(collector.headers()["x-api-key"], "k=1")
      assert.strictEqual(collector.spans[0]?.service, "sauces")
      assert.include(collector.received.join(""), "te st")
    }))
})
