import type { Evidence } from "./Evidence.ts"

/** A promise of docs that does not hold: for which order, stream or reader, and what was seen instead. */
export interface Violation {
  readonly check: string
  readonly subject: string
  readonly detail: string
}

/** Pure. `promise` is the number under which the README publishes it. Violations are in the order of their subjects. */
export interface Check {
  readonly name: string
  readonly promise: string
  readonly violations: (evidence: Evidence) => ReadonlyArray<Violation>
}

/** A check that says of each subject what is wrong with it. */
export const make = (
  name: string,
  promise: string,
  faults: (evidence: Evidence) => Iterable<readonly [subject: string, detail: string]>
): Check => ({
  name,
  promise,
  violations: (evidence) =>
    Array.from(faults(evidence), ([subject, detail]) => ({ check: name, subject, detail }))
})
