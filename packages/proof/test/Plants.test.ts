/** The control of the report can fail: each fault is planted where the checks must look, what clients were told included. */
import { assert, describe, it } from "@effect/vitest"
import { plants } from "@saucier/proof/Plants"
import { violations } from "@saucier/simulation/Checks"
import { good } from "../../simulation/test/Evidences.ts"

describe("a fault that is planted in good evidence", () => {
  it.each(plants)("is found: %s", (_, plant) => {
    assert.isEmpty(violations(good))
    assert.isNotEmpty(violations(plant(good)))
  })

  it("is seen only in what clients were told, where it is there only", () => {
    const silent = { ...good, history: [] }
    const others = plants.filter(([, plant]) => violations(plant(silent)).length === 0).map(([name]) => name)
    assert.deepStrictEqual(others, [
      "an acknowledged order without its last event",
      "one key answered with two orders",
      "an order shown older than before"
    ])
  })
})
