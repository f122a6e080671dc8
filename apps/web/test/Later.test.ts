import { afterEach, assert, beforeEach, describe, it, vi } from "@effect/vitest"
import * as Later from "../src/live/Later.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Something that takes so long, and when it began. */
const slow = (millis: number) => {
  const begun: Array<number> = []
  const start = performance.now()
  const act = async () => {
    begun.push(performance.now() - start)
    await new Promise<void>((resolve) => setTimeout(resolve, millis))
  }
  return { act, begun }
}

/** Asks every so many milliseconds for a while. */
const keepAsking = async (later: Later.Later, every: number, millis: number) => {
  for (let passed = 0; passed < millis; passed += every) {
    later.ask()
    await vi.advanceTimersByTimeAsync(every)
  }
}

describe("what is done later", () => {
  it("is done once for all who ask while it gathers, and not put off by them", async () => {
    const { act, begun } = slow(0)
    await keepAsking(Later.make(act, { gather: 1_000 }), 300, 900)
    assert.deepStrictEqual(begun, [])
    await vi.advanceTimersByTimeAsync(5_000)
    assert.deepStrictEqual(begun, [1_000])
  })
  it("is done at once after a rest, then no sooner than its spacing allows", async () => {
    const { act, begun } = slow(0)
    await keepAsking(Later.make(act, { spacing: 1_000 }), 100, 2_500)
    assert.deepStrictEqual(begun, [0, 1_000, 2_000])
  })
  it("is neither cut short nor run beside itself by eager askers, and done once more for those who came meanwhile", async () => {
    const { act, begun } = slow(3_000)
    const later = Later.make(act, { gather: 100, spacing: 1_000 })
    await keepAsking(later, 50, 1_000)
    await vi.advanceTimersByTimeAsync(20_000)
    assert.deepStrictEqual(begun, [100, 3_200])
  })
  it("does not begin once it is stopped", async () => {
    const { act, begun } = slow(10)
    const later = Later.make(act, { gather: 100 })
    later.ask()
    later.stop()
    later.ask()
    await vi.advanceTimersByTimeAsync(1_000)
    assert.deepStrictEqual(begun, [])
  })
})
