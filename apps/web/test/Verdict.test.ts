import { assert, describe, it } from "@effect/vitest"
import { verdictOf } from "../src/chaos/Verdict.ts"

const counters = {
  at: 1,
  orders: 3,
  charges: 3,
  acknowledged: 3,
  lost: 0,
  doubled: 0,
  unordered: 0,
  settling: 2,
  examples: []
}

describe("what the chaos page says of the promises", () => {
  it("is that they hold as long as nothing is lost, doubled or charged without an order", () => {
    assert.strictEqual(verdictOf(counters), "holds")
    for (const counter of ["lost", "doubled", "unordered"]) {
      assert.strictEqual(verdictOf({ ...counters, [counter]: 1 }), "broken", counter)
    }
  })

  it("is nothing before the logs have been read", () => {
    assert.strictEqual(verdictOf({ ...counters, at: null }), "reading")
  })
})
