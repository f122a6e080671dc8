import { assert, describe, it } from "@effect/vitest"
import { BranchId, Goods, Quantity } from "@saucier/kernel/Goods"
import * as Schema from "effect/Schema"

describe("Goods", () => {
  it("name a branch and a sauce by letters, digits, dots, dashes and underscores", () => {
    for (const name of ["1", "gangnam-1", "a".repeat(64)]) assert.isTrue(Schema.is(BranchId)(name), name)
    for (const name of ["", "-1", "a b", "강남", "a".repeat(65), "1\n", 1]) {
      assert.isFalse(Schema.is(BranchId)(name), `${name}`)
    }
  })

  it("are 1 to 10000 whole units", () => {
    for (const quantity of [1, 10_000]) assert.isTrue(Schema.is(Quantity)(quantity), `${quantity}`)
    for (const quantity of [0, -1, 1.5, 10_001, Number.NaN, "1"]) {
      assert.isFalse(Schema.is(Quantity)(quantity), `${quantity}`)
    }
  })

  it.prop("are stored as they are", { goods: Goods }, ({ goods }) => {
    const read = Schema.decodeUnknownSync(Goods)(JSON.parse(JSON.stringify(Schema.encodeSync(Goods)(goods))))
    assert.deepStrictEqual(read, goods)
  })
})
