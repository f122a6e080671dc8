import { assert, describe, it } from "@effect/vitest"
import * as SseEvent from "@saucier/runtime/SseEvent"
import * as EventStream from "../src/live/EventStream.ts"

const sent = [
  SseEvent.encode({ id: "7", event: "order", data: `{"orderId":"ord_1"}` }),
  ": heartbeat\n\n",
  "retry: 2000\n\n",
  SseEvent.encode({ id: "8", event: "order", data: "two\nlines: with a colon" }),
  SseEvent.encode({ event: "bye", data: "" })
].join("")

const expected: ReadonlyArray<EventStream.StreamEvent> = [
  { id: "7", event: "order", data: `{"orderId":"ord_1"}` },
  { id: "8", event: "order", data: "two\nlines: with a colon" },
  { id: null, event: "bye", data: "" }
]

describe("the event stream", () => {
  it("is read as the server writes it, wherever the pieces are cut", () => {
    for (let size = 1; size <= sent.length; size++) {
      const take = EventStream.make()
      const events: Array<EventStream.StreamEvent> = []
      for (let at = 0; at < sent.length; at += size) events.push(...take(sent.slice(at, at + size)))
      assert.deepStrictEqual(events, expected, `pieces of ${size}`)
    }
  })
  it("keeps an event that is not complete for later", () => {
    const take = EventStream.make()
    assert.deepStrictEqual(take("id: 1\nevent: order\ndata: x\n"), [])
    assert.deepStrictEqual(take("\n"), [{ id: "1", event: "order", data: "x" }])
  })
})
