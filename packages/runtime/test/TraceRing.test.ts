import { assert, describe, it } from "@effect/vitest"
import type { TraceLog, TraceSpan } from "@saucier/runtime/Trace"
import * as TraceRing from "@saucier/runtime/TraceRing"

const span = (traceId: string, spanId: string, more: Partial<TraceSpan> = {}): TraceSpan => ({
  traceId,
  spanId,
  parentSpanId: null,
  name: "POST /orders",
  kind: "server",
  service: "gateway",
  startedAt: 1,
  duration: 1,
  error: null,
  orderId: null,
  attributes: {},
  events: [],
  links: [],
  ...more
})

const log = (message: string, traceId: string | null = null): TraceLog => ({
  time: "2026-11-25T00:00:00.000Z",
  level: "INFO",
  message,
  service: "order",
  traceId,
  spanId: null,
  orderId: null,
  annotations: {},
  cause: null
})

describe("the ring of traces", () => {
  it("puts the spans of several processes together, whichever comes first", () => {
    const ring = TraceRing.make()
    ring.record({
      spans: [
        span("t", "b", { parentSpanId: "a", service: "order", startedAt: 2, duration: 3, orderId: "ord_1" })
      ],
      logs: [log("it began", "t")]
    })
    ring.record({ spans: [span("t", "a", { duration: 9 })], logs: [] })
    assert.deepStrictEqual(ring.recent(10, null), [{
      traceId: "t",
      name: "POST /orders",
      service: "gateway",
      services: ["gateway", "order"],
      startedAt: 1,
      duration: 9,
      spans: 2,
      failed: false,
      orderId: "ord_1"
    }])
    assert.strictEqual(ring.recent(10, "ord_1").length, 1)
    assert.isEmpty(ring.recent(10, "ord_2"))
    assert.deepStrictEqual(ring.trace("t")?.spans.map(({ spanId }) => spanId), ["a", "b"])
    assert.deepStrictEqual(ring.trace("t")?.logs.map(({ message }) => message), ["it began"])
  })

  it("holds the newest traces and logs and no more", () => {
    const ring = TraceRing.make()
    for (let n = 0; n < 3000; n++) ring.record({ spans: [span(`t${n}`, "a")], logs: [log(`m${n}`)] })
    assert.strictEqual(ring.recent(5000, null).length, 512)
    assert.strictEqual(ring.recent(1, null)[0]?.traceId, "t2999")
    assert.isUndefined(ring.trace("t0"))
    assert.strictEqual(ring.logs(5000).length, 1024)
    assert.strictEqual(ring.logs(1)[0]?.message, "m2999")
  })

  it("knows a span that comes twice", () => {
    const ring = TraceRing.make()
    for (let n = 0; n < 3; n++) ring.record({ spans: [span("t", "a")], logs: [] })
    assert.strictEqual(ring.trace("t")?.spans.length, 1)
  })
})
