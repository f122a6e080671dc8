/** Watches the breakers before the bank: one that is half open lets so many trials through and no more. */
import type { CircuitBreakerEvent } from "@saucier/resilience/CircuitBreakerEvent"
import type { Count } from "./Sometimes.ts"
import type { Violation } from "./Violation.ts"

export interface Trials {
  /** Hears all that the breaker of a process tells. */
  readonly hear: (process: string, event: CircuitBreakerEvent) => void
  readonly violations: () => ReadonlyArray<Violation>
}

/** `permitted` trials in each generation of a breaker that is half open; one that came to nothing gives its place back. */
export const make = (permitted: number, count: Count): Trials => {
  const admitted = new Map<string, number>()
  const broken = new Map<string, Violation>()
  return {
    hear: (process, event) => {
      if (event._tag !== "TrialAdmitted" && event._tag !== "CallIgnored") return
      const key = `${process} ${event.generation}`
      const trials = (admitted.get(key) ?? 0) + (event._tag === "TrialAdmitted" ? 1 : -1)
      admitted.set(key, trials)
      if (event._tag === "TrialAdmitted") count("a breaker tries whether the bank is back")
      if (trials > permitted) {
        const detail = `${trials} trials at once, and ${permitted} were permitted`
        broken.set(key, { check: "breaker", subject: process, detail })
      }
    },
    violations: () => [...broken.values()]
  }
}
