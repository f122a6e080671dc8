import { assert, describe, it } from "@effect/vitest"
import * as Sequence from "@saucier/simulation/Sequence"

describe("Sequence", () => {
  it("draws a host once, however many lives it has, and no text ends a statement", () => {
    const drawn = Sequence.mermaid("seed 1", [
      { at: 0, from: "order-1#1", text: "starts" },
      { at: 1500, from: "order-1#2", to: "bank", text: "charge #1; now" }
    ])
    assert.deepStrictEqual(drawn.split("\n"), [
      "sequenceDiagram",
      "  title seed 1",
      "  participant p0 as order-1",
      "  participant p1 as bank",
      "  Note over p0: 0.000 s starts",
      "  p0->>p1: 1.500 s charge 1 now",
      ""
    ])
  })
})
