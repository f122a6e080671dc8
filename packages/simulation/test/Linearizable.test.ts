import { assert, describe, it } from "@effect/vitest"
import { explains, type Model, type Step } from "@saucier/simulation/Linearizable"
import * as FastCheck from "effect/FastCheck"

interface Op {
  readonly kind: "read" | "write"
  readonly value: string
}

const register: Model<string, Op> = (state, { kind, value }) => {
  if (kind === "write") return [value]
  return state === value ? [state] : []
}

const step = (
  invoked: number,
  completed: number,
  kind: Op["kind"],
  value: string,
  optional = false
): Step<Op> => ({ op: { kind, value }, invoked, completed, optional })

const explained = (...steps: ReadonlyArray<Step<Op>>) => explains(register, "0", steps)

/** Calls that took effect one after the other at a moment of their own, between a beginning and an end of any length. */
const lives = FastCheck.array(
  FastCheck.record({
    kind: FastCheck.constantFrom<Op["kind"]>("read", "write"),
    value: FastCheck.constantFrom("1", "2", "3"),
    before: FastCheck.nat(30),
    after: FastCheck.nat(30),
    optional: FastCheck.boolean()
  }),
  { maxLength: 10 }
)

describe("the search for an explanation", () => {
  it("finds one for whatever happened one after the other", () => {
    FastCheck.assert(FastCheck.property(lives, (calls) => {
      let state = "0"
      const steps = calls.map(({ after, before, kind, optional, value }, index) => {
        const moment = index * 10
        if (kind === "write") state = value
        return step(moment - before, moment + after, kind, state, optional && kind === "write")
      })
      assert.isTrue(explained(...steps))
    }))
  })

  it("refuses a read of what was overwritten before it began", () => {
    assert.isFalse(
      explained(step(0, 1, "write", "1"), step(2, 3, "write", "2"), step(4, 5, "read", "1"))
    )
  })

  it("lets a read that runs beside a write see either", () => {
    assert.isTrue(explained(step(0, 9, "write", "1"), step(1, 2, "read", "0"), step(3, 4, "read", "1")))
    assert.isFalse(explained(step(0, 9, "write", "1"), step(1, 2, "read", "1"), step(3, 4, "read", "0")))
  })

  it("lets a write without an answer take effect late or never, and not before it began", () => {
    const lost = step(4, 5, "write", "1", true)
    assert.isTrue(explained(lost, step(6, 7, "read", "0")))
    assert.isTrue(explained(lost, step(6, 7, "read", "0"), step(8, 9, "read", "1")))
    assert.isFalse(explained(step(0, 1, "read", "1"), lost))
  })
})
