import { assert, describe, it } from "@effect/vitest"
import * as TypeId from "@saucier/kernel/TypeId"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/TestClock"

const OrderId = TypeId.schema("ord")

describe("TypeId", () => {
  it.effect("makes ids that their own schema accepts", () =>
    Effect.gen(function*() {
      const suffixes = yield* Effect.replicateEffect(TypeId.generate, 200)
      for (const suffix of suffixes) assert.isTrue(Schema.is(OrderId)(`ord_${suffix}`), suffix)
      assert.strictEqual(new Set(suffixes).size, 200)
    }))

  it.effect("sorts ids by the millisecond of their making", () =>
    Effect.gen(function*() {
      const earlier = yield* TypeId.generate
      yield* TestClock.adjust("1 millis")
      const later = yield* TypeId.generate
      assert.isTrue(earlier < later)
    }))

  it("refuses another prefix, another length and letters outside the alphabet", () => {
    for (
      const id of [
        "pay_01h455vb4pex5vsknk084sn02q",
        "ord_01h455vb4pex5vsknk084sn02",
        "ord_01h455vb4pex5vsknk084sn02u"
      ]
    ) {
      assert.isFalse(Schema.is(OrderId)(id), id)
    }
  })
})
