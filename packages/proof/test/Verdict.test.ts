import { assert, describe, it } from "@effect/vitest"
import * as Verdict from "@saucier/proof/Verdict"
import { good } from "../../simulation/test/Evidences.ts"

describe("what the logs say", () => {
  it("counts an order as undecided until it is paid, rejected or cancelled", () => {
    const { orders } = good
    const registered = orders.filter(({ type }) => type === "OrderRegistered")
    assert.isNotEmpty(registered)
    assert.strictEqual(Verdict.undecided(orders), 0)
    assert.strictEqual(Verdict.undecided(registered), registered.length)
    for (const event of orders.filter(({ type }) => /^Order(Paid|Rejected|Cancelled)$/.test(type))) {
      assert.strictEqual(Verdict.undecided([...registered, event]), registered.length - 1)
    }
  })
})
