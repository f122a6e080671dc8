import { afterEach, assert, describe, it } from "@effect/vitest"
import * as Simulation from "@saucier/simulation/Simulation"
import { setImmediate } from "node:timers/promises"

/** A world runs in one go: between two of them the runner of the tests must be heard. */
afterEach(() => setImmediate())

describe("Simulation", () => {
  it.each([1, 9])("keeps every promise in the world of seed %i", (seed) => {
    const { evidence, faults, violations } = Simulation.run(seed)
    assert.deepStrictEqual(violations, [])
    assert.isAbove(faults.length, 0)
    assert.isAbove(evidence.history.length, 10)
    assert.isAbove(evidence.ledger.length, 0)
  })

  it("goes through the same world again with the same seed, through another with another, and gives clock and timers back", () => {
    const before = [Date.now, Math.random, globalThis.setTimeout, globalThis.setInterval]
    const first = Simulation.run(8)
    assert.strictEqual(Simulation.run(8).hash, first.hash)
    assert.notStrictEqual(Simulation.run(15).hash, first.hash)
    assert.deepStrictEqual([Date.now, Math.random, globalThis.setTimeout, globalThis.setInterval], before)
  })

  it("goes on without the faults that are left out of a plan", () => {
    const { faults } = Simulation.run(8)
    const calm = Simulation.run(8, { without: new Set(faults.keys()) })
    assert.deepStrictEqual(calm.faults, faults)
    assert.isFalse(calm.notes.some(({ from }) => from === "fault"))
  })
})
