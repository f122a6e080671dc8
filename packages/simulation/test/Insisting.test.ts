import { assert, describe, it } from "@effect/vitest"
import { linearizability } from "@saucier/simulation/CheckLinearizability"
import { cancel, good, ok, operation, place, read, unknown } from "./Evidences.ts"

const insisting = [
  ...Array.from({ length: 200 }, () => operation("a", place("k1"), unknown)),
  operation("a", place("k1"), ok(1, "Paid", 2))
]

describe("an order that somebody tried to cancel two hundred times in vain", () => {
  const history = (status: "Cancelled" | "Registered") => [
    operation("a", place("k1"), ok(1, "Paid", 2)),
    ...Array.from({ length: 200 }, () => operation("b", cancel(1), unknown)),
    operation("a", read(1), ok(1, status, 4))
  ]

  it("may be shown to be cancelled", () => {
    assert.isEmpty(linearizability.violations({ ...good, history: history("Cancelled") }))
  })

  it("is judged, when it is shown as it cannot be", () => {
    assert.isNotEmpty(linearizability.violations({ ...good, history: history("Registered") }))
  })
})

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
