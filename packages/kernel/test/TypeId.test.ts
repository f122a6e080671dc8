import { assert, describe, it } from "@effect/vitest"
import * as TypeId from "@saucier/kernel/TypeId"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/TestClock"

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
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

  it.effect("tells from an id when it was made", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(1_795_382_437_227)
      assert.strictEqual(TypeId.madeAt(`ord_${yield* TypeId.generate}`), 1_795_382_437_227)
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

  it.effect("is a UUIDv7 in base 32: its time, version 7, variant 2", () =>
    Effect.gen(function*() {
      for (const millis of FastCheck.sample(FastCheck.nat(2 ** 47), 40)) {
        yield* TestClock.setTime(millis)
        const suffix = yield* TypeId.generate
        const bits = [...suffix].reduce((value, digit) => value * 32n + BigInt(alphabet.indexOf(digit)), 0n)
        assert.strictEqual(bits >> 80n, BigInt(millis), suffix)
        assert.strictEqual((bits >> 76n) & 15n, 7n, suffix)
        assert.strictEqual((bits >> 62n) & 3n, 2n, suffix)
      }
    }))

  it.effect("sorts as text as it sorts by time", () =>
    Effect.gen(function*() {
      const times = FastCheck.sample(FastCheck.nat(2 ** 47), 40)
      const made = yield* Effect.forEach(times, (millis) =>
        Effect.map(
          Effect.zipRight(TestClock.setTime(millis), TypeId.generate),
          (suffix) => ({ millis, suffix })
        ))
      const sorted = made.toSorted((a, b) => (a.suffix < b.suffix ? -1 : 1)).map(({ millis }) => millis)
      assert.deepStrictEqual(sorted, times.toSorted((a, b) => a - b))
    }))
})
