import { assert, describe, it } from "@effect/vitest"
import { LostTime } from "@saucier/resilience/LostTime"
import * as LostTimeNode from "@saucier/runtime/LostTimeNode"
import * as Effect from "effect/Effect"

const standStill = Effect.sync(() => {
  const until = performance.now() + 400
  while (performance.now() < until);
})

describe("the lost time of this process", () => {
  it.live("is that in which its event loop stood still, also while it still does", () =>
    Effect.gen(function*() {
      const lost = yield* LostTime
      yield* Effect.sleep("100 millis")
      yield* standStill
      assert.isAtLeast(lost(10e9), 300e6)
      yield* Effect.sleep("150 millis")
      assert.isAtLeast(lost(10e9), 300e6)
      assert.isBelow(lost(50e6), 300e6)
    }).pipe(Effect.provide(LostTimeNode.layer)))
})
