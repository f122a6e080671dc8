/**
 * Watches the breakers before the bank: one that is open lets nobody through until its time has come, and one that is half
 * open so many trials and no more.
 */
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
  /** Since its last opening: the generation in which a breaker is open, and until when; nanoseconds. */
  const open = new Map<string, { readonly generation: number; readonly until: number }>()
  const breaks = (process: string, key: string, detail: string) =>
    void broken.set(key, { check: "breaker", subject: process, detail })

  const watchOpen = (process: string, event: CircuitBreakerEvent) => {
    const opening = open.get(process)
    switch (event._tag) {
      case "StateTransition":
        if (event.until !== null) open.set(process, { generation: event.generation, until: event.until })
        break
      case "CallSucceeded":
      case "CallSlow":
      case "CallFailed":
        if (event.generation === opening?.generation) {
          breaks(process, `${process} open`, "a call went through while it was open")
        }
        break
      case "CallNotPermitted":
        if (event.state === "Open" && opening !== undefined && event.at >= opening.until) {
          breaks(process, `${process} late`, "it refuses calls although its time is over")
        }
        break
      case "TrialAdmitted":
      case "CallIgnored":
      case "RateExceeded":
      case "Reset":
        break
    }
  }

  return {
    hear: (process, event) => {
      watchOpen(process, event)
      if (event._tag !== "TrialAdmitted" && event._tag !== "CallIgnored") return
      const key = `${process} ${event.generation}`
      const trials = (admitted.get(key) ?? 0) + (event._tag === "TrialAdmitted" ? 1 : -1)
      admitted.set(key, trials)
      if (event._tag === "TrialAdmitted") count("a breaker tries whether the bank is back")
      if (trials > permitted) {
        const detail = `${trials} trials at once, and ${permitted} were permitted`
        breaks(process, key, detail)
      }
    },
    violations: () => [...broken.values()]
  }
}
