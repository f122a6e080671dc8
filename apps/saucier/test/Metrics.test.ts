import { assert, describe, it } from "@effect/vitest"
import * as Api from "@saucier/assembly/Api"
import * as Effect from "effect/Effect"
import * as CollectorStub from "./CollectorStub.ts"
import * as Exposition from "./Exposition.ts"
import * as World from "./World.ts"

const scrapeOf = ({ url }: World.Client) =>
  Effect.map(
    Effect.promise(() => fetch(`${url}/metrics`).then((response) => response.text())),
    Exposition.parse
  )

type Families = ReturnType<typeof Exposition.parse>

const subscriptions = [
  "dashboard.delivery",
  "dashboard.order",
  "dashboard.payment",
  "delivery.cancel",
  "delivery.prepare",
  "delivery.view",
  "order.delivery",
  "order.payment",
  "order.return",
  "payment.release",
  "payment.request",
  "payment.settle"
]

const refusedHere = (method: string) => ({ url }: World.Client) =>
  Effect.promise(() => fetch(`${url}/orders`, { method }).then(({ status }) => status))

describe("/metrics", () => {
  it.scopedLive("tells of a scripted day what happened in it, and nothing else", () =>
    Effect.gen(function*() {
      const world = yield* World.world("instant", { SAUCIER_BREAKER_MINIMUM_CALLS: "1000" })
      const { behave, get, post } = world
      const scrape = scrapeOf(world)
      /** Scrapes until it is so: gauges look every few seconds. */
      const until = (wished: (families: Families) => boolean) => Effect.repeat(scrape, { until: wished })

      const [first] = yield* Effect.replicateEffect(post("/orders", World.seed), 3)
      assert.strictEqual((yield* get("/orders/ord_01h455vb4pex5vsknk084sn02q")).status, 404)
      assert.strictEqual(yield* refusedHere("PURGE")(world), 405)
      yield* behave("down")
      assert.strictEqual((yield* post("/orders", World.seed)).status, 503)
      const cancelled = yield* post(`/orders/${first?.body["id"]}/cancel`, { reason: "twice" })
      assert.strictEqual(cancelled.status, 202, "the bank is away, so its money is owed")

      const value = (families: Families, name: string, labels?: Readonly<Record<string, string>>) =>
        Exposition.valueOf(families, name, labels)
      const outstanding = "saucier_payments_outstanding"
      const owing = yield* until((families) =>
        value(families, outstanding, { status: "RefundRequested" }) === 1 &&
        value(families, "saucier_orders", { state: "Cancelled" }) === 1
      )
      const owed = value(owing, "saucier_payment_outstanding_seconds", { status: "RefundRequested" }) ?? 0
      assert.isAbove(owed, 0)
      assert.isBelow(owed, 30)

      yield* behave("instant")
      const after = yield* until((families) =>
        value(families, outstanding, { status: "RefundRequested" }) === 0 &&
        ["refund", "void"].every((operation) =>
          value(families, "saucier_provider_call_duration_seconds_count", {
            operation,
            outcome: "answered"
          }) === 1
        )
      )
      const is = (expected: number, name: string, labels?: Readonly<Record<string, string>>) =>
        assert.strictEqual(value(after, name, labels), expected, `${name} ${JSON.stringify(labels)}`)
      const isAtLeast = (least: number, name: string, labels?: Readonly<Record<string, string>>) =>
        assert.isAtLeast(value(after, name, labels) ?? -1, least, `${name} ${JSON.stringify(labels)}`)

      const requests = "http_server_request_duration_seconds_count"
      is(3, requests, { method: "POST", route: "/orders", status: "201" })
      is(1, requests, { method: "POST", route: "/orders", status: "503" })
      is(1, requests, { method: "POST", route: "/orders/:orderId/cancel", status: "202" })
      is(1, requests, { method: "GET", route: "/orders/:orderId", status: "404" })
      is(1, requests, { method: "_OTHER", route: "", status: "405" })

      is(4, "saucier_orders_registered_total")
      is(2, "saucier_orders", { state: "Preparing" })
      is(1, "saucier_orders", { state: "Cancelled" })
      is(1, "saucier_orders", { state: "Rejected" })
      is(0, "saucier_orders", { state: "Registered" })
      for (const status of ["Registered", "PaymentPending", "Paid"]) {
        is(0, "saucier_order_waiting_seconds", { status })
      }
      for (const status of ["Requested", "Unknown"]) is(0, outstanding, { status })

      // Registered, paid, prepared; the fourth registered and rejected; the first cancelled in two steps.
      is(3 * 3 + 2 + 2, "saucier_append_batch_size_sum", { store: "order" })
      // A delivery that has fallen asleep takes its stream for empty at first, and is refused once.
      isAtLeast(3 + 1, "saucier_append_batch_size_sum", { store: "delivery" })
      isAtLeast(1, "saucier_append_commit_duration_seconds_count", { store: "order" })
      is(3, "saucier_provider_call_duration_seconds_count", { operation: "charge", outcome: "answered" })
      isAtLeast(1, "saucier_provider_call_duration_seconds_count", {
        operation: "charge",
        outcome: "refused"
      })
      isAtLeast(1, "saucier_provider_call_duration_seconds_count", {
        operation: "refund",
        outcome: "refused"
      })
      is(1, "circuit_breaker_state", { name: "payment-provider", state: "Closed" })
      is(0, "circuit_breaker_state", { name: "payment-provider", state: "Open" })
      // Three charges, the refund, and the void of what was turned away.
      is(5, "circuit_breaker_calls_seconds_count", { name: "payment-provider", outcome: "success" })
      isAtLeast(2, "circuit_breaker_calls_seconds_count", { name: "payment-provider", outcome: "failure" })

      for (const subscription of subscriptions) {
        is(0, "saucier_subscription_lag_seconds", { subscription })
        is(0, "saucier_parked_events", { subscription })
      }
      is(256, "saucier_shards_owned")
      for (const group of ["order", "payment", "delivery", "dashboard"]) {
        is(0, "saucier_shards_unowned", { group })
      }
      isAtLeast(1, "effect_cluster_entities", { type: "Dashboard" })
      is(1, "saucier_build_info", { version: Api.version, node: process.version })
      isAtLeast(1e7, "process_resident_memory_bytes")
      assert.notMatch(JSON.stringify([...after]), /(ord|pay|dlv)_[0-9]/, "no label has an id")
    }))

  it.scopedLive("tells how long the event loop stood still", () =>
    Effect.gen(function*() {
      const scrape = scrapeOf(yield* World.world())
      const longest = Effect.map(scrape, (families) =>
        Exposition.valueOf(families, "nodejs_eventloop_lag_seconds", { quantile: "1" }) ?? 0)
      yield* longest
      // The first tick after a look only sets the clock.
      yield* Effect.sleep("50 millis")
      yield* Effect.sync(() => {
        const end = performance.now() + 300
        while (performance.now() < end);
      })
      assert.isAtLeast(yield* longest, 0.25)
    }))
})

describe("metrics by OTLP", () => {
  it.scopedLive("say the same as /metrics, and end with the last word", () =>
    Effect.gen(function*() {
      const collector = yield* CollectorStub.start
      yield* Effect.scoped(Effect.gen(function*() {
        const { post } = yield* World.world("instant", {
          OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
          OTEL_TRACES_EXPORTER: "none",
          OTEL_METRIC_EXPORT_INTERVAL: "3600000",
          OTEL_SERVICE_NAME: "sauces"
        })
        yield* Effect.replicateEffect(post("/orders", { ...World.seed, branchId: "otlp" }), 2)
        assert.isEmpty(collector.metrics, "nothing before its time")
      }))
      const byName = new Map(collector.metrics.map((metric) => [metric.name, metric]))
      assert.strictEqual(byName.get("process_resident_memory_bytes")?.unit, "By")
      const requests = byName.get("http_server_request_duration_seconds")
      assert.strictEqual(requests?.unit, "s")
      assert.strictEqual(requests?.service, "sauces")
      const placed = requests?.points.find(({ attributes }) =>
        attributes["route"] === "/orders" && attributes["status"] === "201"
      )
      assert(placed?.histogram !== undefined)
      assert.isAtLeast(placed.histogram.count, 2)
      assert.strictEqual(placed.histogram.bucketCounts.length, placed.histogram.explicitBounds.length + 1)
      assert.strictEqual(placed.histogram.bucketCounts.reduce((a, b) => a + b, 0), placed.histogram.count)
      assert.strictEqual(byName.get("saucier_build_info")?.points[0]?.value, 1)
      assert.isTrue(byName.get("saucier_orders_registered_total")?.isRising)
      assert.isFalse(byName.get("saucier_shards_owned")?.isRising)
      assert.notInclude(collector.received.join(""), "null", "no value is missing")
    }))

  it.scopedLive("are not sent to a collector that takes none, after the first try", () =>
    Effect.gen(function*() {
      const collector = yield* CollectorStub.start
      collector.refuse("/v1/metrics", 404)
      const { post } = yield* World.world("instant", {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_BSP_SCHEDULE_DELAY: "20",
        OTEL_METRIC_EXPORT_INTERVAL: "20"
      })
      yield* collector.asked("/v1/metrics")
      yield* post("/orders", World.seed)
      yield* collector.until((spans) => spans.some(({ name }) => name === "dashboard.delivery"))
      assert.strictEqual(collector.paths.filter((path) => path === "/v1/metrics").length, 1)
    }))

  it.scopedLive("stay here when OTEL_METRICS_EXPORTER says none", () =>
    Effect.gen(function*() {
      const collector = yield* CollectorStub.start
      yield* Effect.scoped(World.world("instant", {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_METRICS_EXPORTER: "none",
        OTEL_METRIC_EXPORT_INTERVAL: "10"
      }))
      assert.notInclude(collector.paths, "/v1/metrics")
    }))
})
