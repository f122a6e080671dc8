import { assert, describe, it } from "@effect/vitest"
import { MinorUnits, Money } from "@saucier/kernel/Money"
import * as Schema from "effect/Schema"

describe("Money", () => {
  it("is a whole number of minor units from 1 to 1000000000", () => {
    for (const amount of [1, 10_000, 1_000_000_000]) assert.isTrue(Schema.is(MinorUnits)(amount), `${amount}`)
    for (const amount of [0, -1, 0.5, 1_000_000_001, Number.NaN, Number.POSITIVE_INFINITY, "1", null]) {
      assert.isFalse(Schema.is(MinorUnits)(amount), `${amount}`)
    }
  })

  it("has a currency that it knows", () => {
    assert.isTrue(Schema.is(Money)({ amount: 10_000, currency: "KRW" }))
    assert.isFalse(Schema.is(Money)({ amount: 10_000, currency: "XXX" }))
    assert.isFalse(Schema.is(Money)({ amount: 10_000 }))
  })

  it.prop("is stored as it is", { money: Money }, ({ money }) => {
    const read = Schema.decodeUnknownSync(Money)(JSON.parse(JSON.stringify(Schema.encodeSync(Money)(money))))
    assert.deepStrictEqual(read, money)
  })
})
