import { assert, describe, it } from "@effect/vitest"
import type { Span } from "../src/api/Traces.ts"
import { barsOf } from "../src/story/Waterfall.ts"

const span = (spanId: string, parentSpanId: string | null, startedAt: number, duration: number): Span => ({
  traceId: "t",
  spanId,
  parentSpanId,
  name: spanId,
  kind: "internal",
  service: "order",
  startedAt,
  duration,
  error: null,
  orderId: null,
  attributes: {},
  events: [],
  links: []
})

describe("a trace's waterfall", () => {
  it("has each span below its parent, by start, at its share of the time", () => {
    const bars = barsOf([
      span("late", "root", 150, 50),
      span("root", null, 100, 100),
      span("early", "root", 110, 20),
      span("leaf", "late", 160, 10)
    ])
    assert.deepStrictEqual(
      bars.map(({ depth, from, span: { spanId }, width }) => [spanId, depth, from, width]),
      [["root", 0, 0, 1], ["early", 1, 0.1, 0.2], ["late", 1, 0.5, 0.5], ["leaf", 2, 0.6, 0.1]]
    )
  })
  it("loses no span whose parent is not known", () => {
    assert.lengthOf(barsOf([span("a", "gone", 0, 1), span("b", "a", 0, 0)]), 2)
  })
})
