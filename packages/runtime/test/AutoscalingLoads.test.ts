import { assert, describe, it } from "@effect/vitest"
import * as AutoscalingLoads from "@saucier/runtime/AutoscalingLoads"
import * as FastCheck from "effect/FastCheck"

const window = 15_000
const told = (at: number, cpuSeconds: number | null, providerCalls: number | null, pid = 1) => ({
  at,
  pid,
  cpuSeconds,
  providerCalls
})
const heard = (all: ReadonlyArray<AutoscalingLoads.Told>) =>
  all.reduce<ReadonlyArray<AutoscalingLoads.Told>>((past, one) => AutoscalingLoads.add(past, one, window), [])

describe("the load of a process", () => {
  it("is its processor time by the time in which it took it, and its calls on average", () => {
    const load = AutoscalingLoads.load(heard([told(0, 10, 4), told(1000, 10.5, 8), told(2000, 11.5, 6)]))
    assert.deepStrictEqual(load, { cpu: 0.75, providerCalls: 6 })
  })

  it("is not known of one that has told nothing, or no processor time twice", () => {
    assert.deepStrictEqual(AutoscalingLoads.load([]), { cpu: null, providerCalls: null })
    assert.deepStrictEqual(AutoscalingLoads.load(heard([told(0, null, null), told(1000, 3, 0)])), {
      cpu: null,
      providerCalls: 0
    })
  })

  it("forgets what is older than the window, and what another process with its number told", () => {
    const load = AutoscalingLoads.load(heard([told(0, 0, 90), told(20_000, 1, 10), told(30_000, 4, 20)]))
    assert.deepStrictEqual(load, { cpu: 0.3, providerCalls: 15 })
    const other = heard([told(0, 100, 90), told(1000, 101, 90), told(2000, 0, 10, 2), told(3000, 0.5, 10, 2)])
    assert.deepStrictEqual(AutoscalingLoads.load(other), { cpu: 0.5, providerCalls: 10 })
  })

  it.prop("is never negative, and within what was told", {
    tells: FastCheck.array(
      FastCheck.record({
        pause: FastCheck.integer({ min: 0, max: 20_000 }),
        cpuSeconds: FastCheck.option(FastCheck.double({ min: 0, max: 1e6, noNaN: true })),
        providerCalls: FastCheck.option(FastCheck.integer({ min: 0, max: 500 })),
        pid: FastCheck.option(FastCheck.integer({ min: 1, max: 2 }))
      }),
      { minLength: 1, maxLength: 40 }
    )
  }, ({ tells }) => {
    let at = 0
    const { cpu, providerCalls } = AutoscalingLoads.load(heard(tells.map(({ pause, ...one }) => ({
      ...one,
      at: at += pause
    }))))
    assert(cpu !== undefined)
    assert.isTrue(cpu === null || (Number.isFinite(cpu) && cpu >= 0))
    if (providerCalls === null) return
    assert(providerCalls !== undefined)
    const all = tells.flatMap(({ providerCalls }) => providerCalls ?? [])
    assert.isAtLeast(providerCalls, Math.min(...all) - 1e-9)
    assert.isAtMost(providerCalls, Math.max(...all) + 1e-9)
  })
})
