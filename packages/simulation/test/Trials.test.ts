import { assert, describe, it } from "@effect/vitest"
import * as Trials from "@saucier/simulation/Trials"

const common = { name: "bank", sequence: 0, at: 0 }
const admitted = (generation: number) => ({ ...common, _tag: "TrialAdmitted", generation }) as const
const ignored = (generation: number) =>
  ({ ...common, _tag: "CallIgnored", generation, startedAt: 0, duration: 0 }) as const

describe("Trials", () => {
  it("complains of a half-open breaker that lets one more through than is permitted", () => {
    const trials = Trials.make(2, () => {})
    for (const event of [admitted(1), admitted(1)]) trials.hear("payment-1#1", event)
    assert.deepStrictEqual(trials.violations(), [])
    trials.hear("payment-1#1", admitted(1))
    assert.deepStrictEqual(trials.violations(), [{
      check: "breaker",
      subject: "payment-1#1",
      detail: "3 trials at once, and 2 were permitted"
    }])
  })

  it("gives back the place of a trial that came to nothing, and counts each process and generation alone", () => {
    const trials = Trials.make(1, () => {})
    for (const event of [admitted(1), ignored(1), admitted(1), admitted(2)]) trials.hear("a", event)
    trials.hear("b", admitted(1))
    assert.deepStrictEqual(trials.violations(), [])
  })

  it("complains of an open breaker that lets a call through, and of one that refuses when its time is over", () => {
    const opened = {
      ...common,
      _tag: "StateTransition",
      from: "Closed",
      to: "Open",
      reason: "failure-rate",
      generation: 2,
      until: 50,
      failureRate: 1,
      slowRate: 0,
      calls: 5
    } as const
    const succeeded = (generation: number) =>
      ({ ...common, _tag: "CallSucceeded", generation, startedAt: 0, duration: 0 }) as const
    const refused = (at: number) =>
      ({ ...common, at, _tag: "CallNotPermitted", state: "Open", retryAfter: 0 }) as const
    const trials = Trials.make(1, () => {})
    for (const event of [opened, succeeded(1), refused(49), succeeded(3)]) trials.hear("a", event)
    assert.deepStrictEqual(trials.violations(), [])
    for (const event of [succeeded(2), refused(50)]) trials.hear("a", event)
    assert.deepStrictEqual(trials.violations().map(({ detail }) => detail), [
      "a call went through while it was open",
      "it refuses calls although its time is over"
    ])
  })
})
