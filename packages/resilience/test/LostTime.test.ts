import { assert, describe, it } from "@effect/vitest"
import { lostOf } from "@saucier/resilience/LostTime"

const ms = 1e6
const lost = (duration: number, ...stalls: ReadonlyArray<readonly [until: number, length: number]>) =>
  lostOf(
    stalls.map(([until, length]) => ({ until: until * ms, length: length * ms })),
    10_000 * ms,
    duration * ms
  ) / ms

describe("the time that is not the provider's", () => {
  it("is all of a standstill, wherever in the call it was", () => {
    assert.strictEqual(lost(5000, [6000, 900]), 900)
    assert.strictEqual(lost(5000, [9990, 3000]), 3000)
  })

  it("is a short stall only just before the answer was read", () => {
    assert.strictEqual(lost(750, [9950, 60]), 60)
    assert.strictEqual(lost(750, [9600, 60]), 0)
  })

  it("is next to nothing for a process that is busy all the time, so that a slow provider stays slow", () => {
    const busy = Array.from({ length: 200 }, (_, i) => [i * 50 + 50, 25] as const)
    assert.isAtMost(lost(750, ...busy), 75)
  })

  it("is nothing of what was before the call", () => {
    assert.strictEqual(lost(500, [9400, 5000]), 0)
    assert.strictEqual(lost(500, [9600, 5000]), 100)
  })
})
