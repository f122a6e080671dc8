import { assert, describe, it } from "@effect/vitest"
import { linearizability } from "@saucier/simulation/CheckLinearizability"
import { good, ok, operation, place, read, unknown } from "./Evidences.ts"

const insisting = [
  ...Array.from({ length: 200 }, () => operation("a", place("k1"), unknown)),
  operation("a", place("k1"), ok(1, "Paid", 2))
]

describe("a client who asked two hundred times in vain before he was told", () => {
  it("may be told and shown what comes after it", () => {
    const history = [...insisting, operation("a", read(1), ok(1, "Preparing", 3))]
    assert.isEmpty(linearizability.violations({ ...good, history }))
  })

  it("is judged, when he is shown what cannot be", () => {
    const history = [...insisting, operation("a", read(1), ok(1, "Registered", 1))]
    assert.isNotEmpty(linearizability.violations({ ...good, history }))
  })
})
