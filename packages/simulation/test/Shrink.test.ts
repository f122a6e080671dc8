import { assert, describe, it } from "@effect/vitest"
import { shrink } from "@saucier/simulation/Shrink"
import * as FastCheck from "effect/FastCheck"

const needing = (needed: ReadonlyArray<number>) => (kept: ReadonlyArray<number>) =>
  needed.every((place) => kept.includes(place))

describe("shrink", () => {
  it("leaves nothing of a plan whose faults have no part in the failure", () => {
    assert.deepStrictEqual(shrink(12, () => true), { kept: [], runs: 1 })
  })

  it("asks for nothing when there is no fault", () => {
    assert.deepStrictEqual(shrink(0, () => true), { kept: [], runs: 0 })
  })

  it.prop(
    "keeps exactly the faults that a failure needs together",
    { needed: FastCheck.uniqueArray(FastCheck.integer({ min: 0, max: 13 }), { minLength: 1, maxLength: 3 }) },
    ({ needed }) => {
      const { kept } = shrink(14, needing(needed), 1000)
      assert.deepStrictEqual(kept, [...needed].sort((a, b) => a - b))
    }
  )

  it("stops at its limit with what it has, which still fails", () => {
    const { kept, runs } = shrink(14, needing([3, 11]), 4)
    assert.isTrue(needing([3, 11])(kept))
    assert.strictEqual(runs, 4)
  })
})
