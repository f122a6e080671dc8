import { assert, describe, it } from "@effect/vitest"
import * as Traceparent from "@saucier/eventsourcing/Traceparent"

const trace = "4bf92f3577b34da6a3ce929d0e0e4736"
const span = "00f067aa0ba902b7"

describe("a traceparent", () => {
  it("names the span that it came from, and whether that is recorded", () => {
    const found = Traceparent.spanOf(`00-${trace}-${span}-01`)
    assert.deepStrictEqual([found?.traceId, found?.spanId, found?.sampled], [trace, span, true])
    assert.isFalse(Traceparent.spanOf(`00-${trace}-${span}-00`)?.sampled)
  })

  it("of a later version is read as far as we know it", () => {
    assert.strictEqual(Traceparent.spanOf(`01-${trace}-${span}-01`)?.traceId, trace)
    assert.strictEqual(Traceparent.spanOf(`cc-${trace}-${span}-01-what-comes-after`)?.traceId, trace)
  })

  it.each([
    null,
    "",
    `00-${trace.toUpperCase()}-${span}-01`,
    `00-${"0".repeat(32)}-${span}-01`,
    `00-${trace}-${"0".repeat(16)}-01`,
    `ff-${trace}-${span}-01`,
    `00-${trace}-${span}-01-more`,
    `00-${trace}-${span}`,
    `00-${trace}-${span}-0g`
  ])("that is none is left alone: %s", (text) => {
    assert.isUndefined(Traceparent.spanOf(text))
  })
})
