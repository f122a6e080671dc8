import { assert, describe, it } from "@effect/vitest"
import * as Autoscaling from "@saucier/runtime/Autoscaling"
import * as Duration from "effect/Duration"
import * as FastCheck from "effect/FastCheck"

const rule: Autoscaling.ScalingRule = {
  least: 1,
  most: 10,
  targets: { cpu: 0.3, calls: 16 },
  tolerance: 0.1,
  up: { processes: 4, percent: 100, within: Duration.seconds(15) },
  down: { processes: 1, percent: 0, within: Duration.minutes(1), after: Duration.minutes(5) }
}

const second = 1000

/** Decides every five seconds; `loadAt` is the whole load at a time, shared evenly by the processes. */
const run = (seconds: number, begin: number, loadAt: (at: number) => number, most = rule.most) => {
  const counts: Array<number> = [begin]
  let history = Autoscaling.none
  for (let at = 0; at < seconds * second; at += 5 * second) {
    const current = counts.at(-1) ?? begin
    const loads = Array.from({ length: current }, () => ({ cpu: 0, calls: loadAt(at) / current }))
    const decision = Autoscaling.decide({ ...rule, most }, history, { at, loads })
    history = decision.history
    counts.push(decision.wanted)
  }
  return counts
}

const anything = FastCheck.oneof(
  FastCheck.double(),
  FastCheck.constant(null),
  FastCheck.integer({ min: -5, max: 500 })
)
const loads = FastCheck.array(FastCheck.record({ cpu: anything, calls: anything }), { maxLength: 20 })
const moments = FastCheck.array(
  FastCheck.record({ pause: FastCheck.integer({ min: -5000, max: 90_000 }), loads }),
  {
    maxLength: 30
  }
)
const amount = FastCheck.double({ min: 0, max: 300, noNaN: true })

describe("the rule of scaling", () => {
  it.prop(
    "wants a whole number within its bounds, whatever it is told and whenever",
    { moments },
    ({ moments }) => {
      let history = Autoscaling.none
      let at = 0
      for (const moment of moments) {
        at += moment.pause
        const { history: next, wanted } = Autoscaling.decide(rule, history, { at, loads: moment.loads })
        assert.isTrue(Number.isInteger(wanted) && wanted >= rule.least && wanted <= rule.most)
        history = next
      }
    }
  )

  it.prop("never wants fewer for more load", {
    amount,
    more: amount,
    count: FastCheck.integer({ min: 1, max: 10 })
  }, ({
    amount,
    count,
    more
  }) => {
    const wanted = (calls: number) =>
      Autoscaling.decide(rule, Autoscaling.none, {
        at: 0,
        loads: Array.from({ length: count }, () => ({ cpu: 0.1, calls }))
      }).wanted
    assert.isAtLeast(wanted(amount + more), wanted(amount))
  })

  it.prop(
    "comes to rest under a load that does not change, with each process near its target",
    { amount },
    ({ amount }) => {
      const counts = run(3600, 5, () => amount)
      const last = counts.at(-1) ?? 0
      assert.deepStrictEqual(new Set(counts.slice(-100)).size, 1)
      assert.isAtLeast(last * 16 * (1 + rule.tolerance), Math.min(amount, 160))
      assert.isAtMost((last - 1) * 16, Math.max(amount * (1 + rule.tolerance), 0))
    }
  )

  it.prop("runs no fewer until five minutes have passed in which never more were asked for", {
    amount: FastCheck.double({ min: 40, max: 300, noNaN: true }),
    peak: FastCheck.integer({ min: 1, max: 60 })
  }, ({ amount, peak }) => {
    const counts = run(700, 1, (at) => at <= peak * 5 * second ? amount : 0)
    const highest = Math.max(...counts)
    const firstFewer = counts.findIndex((count, index) => index > 0 && count < (counts[index - 1] ?? 0))
    const lastAsked = counts.lastIndexOf(highest)
    assert.isAbove(highest, 1)
    assert.isAtLeast((firstFewer - 1) * 5, peak * 5 + 300)
    assert.isAtLeast(lastAsked, firstFewer - 1)
  })

  it("adds at most four processes or as many as run, whichever is more, in fifteen seconds", () => {
    assert.deepStrictEqual(run(45, 1, () => 1000, 30), [1, 5, 5, 5, 10, 10, 10, 20, 20, 20])
  })

  it("takes one process away each minute, down to the least", () => {
    const counts = run(900, 4, () => 0)
    const changes = counts.flatMap((count, index) =>
      index > 0 && count < (counts[index - 1] ?? 0) ? [index * 5] : []
    )
    assert.strictEqual(counts.at(-1), 1)
    for (const [index, at] of changes.entries()) {
      if (index > 0) assert.isAtLeast(at - (changes[index - 1] ?? 0), 60)
    }
  })

  it.each([
    ["the metric that asks for most", { cpu: 0.3, calls: 32 }, 4],
    ["no more within the tolerance", { cpu: 0.32, calls: 17 }, 2],
    ["no fewer while a metric is silent", { cpu: null, calls: 1 }, 2],
    ["more when the one metric that speaks asks for it", { cpu: null, calls: 32 }, 4]
  ])("follows %s", (_, load, wanted) => {
    assert.strictEqual(
      Autoscaling.decide(rule, Autoscaling.none, { at: 0, loads: [load, load] }).wanted,
      wanted
    )
  })

  it("takes a process that does not tell for idle when more seem to be needed, and for busy when fewer do", () => {
    const of = (calls: number) =>
      Autoscaling.decide(rule, Autoscaling.none, {
        at: 0,
        loads: [{ cpu: 0.3, calls }, { cpu: 0.3, calls: null }, { cpu: 0.3, calls: null }]
      }).wanted
    assert.deepStrictEqual([of(40), of(64), of(0)], [3, 4, 3])
  })

  it("wants its least where no process runs", () => {
    assert.strictEqual(Autoscaling.decide(rule, Autoscaling.none, { at: 0, loads: [] }).wanted, 1)
  })
})
