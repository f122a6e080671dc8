import { assert, describe, it } from "@effect/vitest"
import { StreamId } from "@saucier/eventsourcing/Event"
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

  it("counts a void until the provider has answered: there was none, or the money was taken, or declined", () => {
    const asked = { streamId: StreamId.make("payment-pay_1"), type: "PaymentVoidRequested" }
    const other = { streamId: StreamId.make("payment-pay_2"), type: "PaymentCaptured" }
    assert.strictEqual(Verdict.voiding(good.payments), 0)
    assert.strictEqual(Verdict.voiding([asked, other]), 1)
    for (const type of ["PaymentVoided", "PaymentCaptured", "PaymentDeclined"]) {
      assert.strictEqual(Verdict.voiding([asked, other, { ...asked, type }]), 0)
    }
  })
})
