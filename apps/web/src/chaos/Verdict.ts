import type { Counters } from "../api/Chaos.ts"

export type Verdict = "reading" | "holds" | "broken"

/** What the counters say of the promises that can be counted. */
export const verdictOf = ({ at, doubled, lost, unordered }: Counters): Verdict =>
  at === null ? "reading" : lost + doubled + unordered === 0 ? "holds" : "broken"
