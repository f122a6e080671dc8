import { assert, describe, it } from "@effect/vitest"
import * as PulseLatencies from "@saucier/assembly/PulseLatencies"
import * as PulseRing from "@saucier/assembly/PulseRing"
import * as PulseSecond from "@saucier/assembly/PulseSecond"
import * as FastCheck from "effect/FastCheck"

const millis = FastCheck.double({ min: 0.2, max: 60_000, noNaN: true })
const counted = (all: ReadonlyArray<number>): PulseLatencies.PulseLatencies =>
  PulseLatencies.sum(all.map((one) => [[PulseLatencies.bucketOf(one), 1]]))

const second = (at: number, orders: number): PulseSecond.PulseSecond => ({
  ...PulseSecond.empty(at),
  orders,
  latencies: [[1, orders]]
})

describe("PulseLatencies", () => {
  it.prop(
    "a percentile is the exact one or up to four per cent above it, however the counts were split",
    { latencies: FastCheck.array(millis, { minLength: 1 }), share: FastCheck.constantFrom(0.5, 0.99, 1) },
    ({ latencies, share }) => {
      const sorted = latencies.toSorted((a, b) => a - b)
      const exact = sorted[Math.ceil(sorted.length * share) - 1] ?? 0
      const half = latencies.length >> 1
      const told = PulseLatencies.quantile(
        PulseLatencies.sum([counted(latencies.slice(half)), counted(latencies.slice(0, half))]),
        share
      ) ?? 0
      assert.isAtLeast(told, exact - 0.01)
      assert.isAtMost(told, exact * 1.04 + 0.01)
    }
  )

  it("there is none of nothing", () => assert.isNull(PulseLatencies.quantile([], 0.5)))
})

describe("PulseRing", () => {
  it("adds up the gateways and leaves no second out", () => {
    const ring = PulseRing.make()
    ring.record("a", [second(1000, 2), second(4000, 1)], 5000)
    ring.record("b", [second(1000, 3)], 5000)
    assert.deepStrictEqual(ring.between(0, 6000).map(({ at, orders }) => [at, orders]), [
      [1000, 5],
      [2000, 0],
      [3000, 0],
      [4000, 1],
      [5000, 0]
    ])
    assert.deepStrictEqual(ring.between(3000, 5000).map(({ at }) => at), [4000])
    assert.deepStrictEqual([ring.knownOf("a"), ring.knownOf("b"), ring.knownOf("c")], [4000, 1000, 0])
  })

  it("forgets what is older than five minutes, and gateways that tell no more", () => {
    const ring = PulseRing.make()
    for (let at = 0; at < 1_000_000; at += 1000) ring.record("a", [second(at, 1)], at)
    ring.record("b", [second(1_000_000, 1)], 1_000_000)
    assert.strictEqual(ring.between(0, 2_000_000)[0]?.at, 701_000)
    ring.record("b", [second(1_400_000, 1)], 1_400_000)
    assert.strictEqual(ring.knownOf("a"), 0)
  })

  it("is empty before anybody told anything", () =>
    assert.deepStrictEqual(PulseRing.make().between(0, 9000), []))
})
