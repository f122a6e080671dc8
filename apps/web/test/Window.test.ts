import { assert, describe, it } from "@effect/vitest"
import type { Breaker, Second } from "../src/api/Pulses.ts"
import * as Window from "../src/pulse/Window.ts"

const second = (at: number, orders: number, p99: number | null = null): Second => ({
  at,
  orders,
  refused: 0,
  failed: 0,
  p50: p99,
  p99
})
const pulse = (at: number, ...seconds: ReadonlyArray<Second>) => ({ at, seconds, breakers: [] })

const now = 1_000_000

const breaker = (
  ...changes: ReadonlyArray<readonly [number, Breaker["state"], Breaker["state"]]>
): Breaker => ({
  process: "payment-1",
  name: "provider",
  state: changes.at(-1)?.[2] ?? "Closed",
  reason: null,
  since: 0,
  calls: 0,
  failureRate: 0,
  slowRate: 0,
  transitions: changes.map(([at, from, to]) => ({
    at,
    from,
    to,
    reason: "slow-rate",
    calls: 10,
    failureRate: 0,
    slowRate: 0.8
  }))
})

describe("the window of the charts", () => {
  it("replaces a second that has grown since, and keeps those before", () => {
    const first = Window.add(Window.empty, pulse(now, second(now - 2_000, 3), second(now - 1_000, 1)))
    const next = Window.add(first, pulse(now + 1_000, second(now - 1_000, 4), second(now, 2)))
    assert.deepStrictEqual(next.seconds.map(({ at, orders }) => [at - now, orders]), [
      [-2_000, 3],
      [-1_000, 4],
      [0, 2]
    ])
    assert.isBelow(Window.askAfter(next), now - 1_000)
  })
  it("lets go of what is older than it draws", () => {
    const first = Window.add(Window.empty, pulse(now, second(now - 1_000, 1)))
    const later = Window.add(first, pulse(now + Window.length, second(now + Window.length - 1_000, 1)))
    assert.lengthOf(later.seconds, 1)
  })
  it("does not draw the second that is not over", () => {
    const window = Window.add(Window.empty, pulse(now + 500, second(now - 1_000, 5), second(now, 1)))
    assert.deepStrictEqual(Window.over(window).map(({ orders }) => orders), [5])
  })
  it("says no latency once orders have stopped", () => {
    const window = Window.add(Window.empty, pulse(now, second(now - 20_000, 5, 80)))
    assert.strictEqual(Window.figures(window).p99, null)
    assert.strictEqual(Window.figures(Window.add(window, pulse(now, second(now - 5_000, 5, 90)))).p99, 90)
  })
})

describe("the breaker's band", () => {
  it("has no gap and ends in the present state", () => {
    const at = now + Window.length
    const band = Window.segments(
      breaker([now - 5, "Closed", "Open"], [now + 100, "Open", "HalfOpen"], [
        now + 200,
        "HalfOpen",
        "Closed"
      ]),
      at
    )
    assert.deepStrictEqual(band, [
      { state: "Open", from: now, to: now + 100 },
      { state: "HalfOpen", from: now + 100, to: now + 200 },
      { state: "Closed", from: now + 200, to: at }
    ])
  })
  it("is one piece when nothing has changed", () => {
    assert.deepStrictEqual(Window.segments(breaker(), now), [{
      state: "Closed",
      from: now - Window.length,
      to: now
    }])
  })
})
