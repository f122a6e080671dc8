/** The last minutes of the system's pulse as the charts draw them. Times are epoch milliseconds. */
import type { Pulse, Second } from "../api/Pulses.ts"

/** So long a time is drawn. */
export const length = 300_000

export interface Window {
  readonly at: number
  readonly seconds: ReadonlyArray<Second>
  readonly breakers: Pulse["breakers"]
}

export const empty: Window = { at: 0, seconds: [], breakers: [] }

/** The last seconds may still grow, so they are asked for again. */
const settled = 2_000

export const askAfter = ({ seconds }: Window): number => Math.max(0, (seconds.at(-1)?.at ?? 0) - settled)

/** With what came since; a second that was known is replaced, one that is too old is let go. */
export const add = (window: Window, pulse: Pulse): Window => {
  const first = pulse.seconds[0]?.at ?? Infinity
  const known = window.seconds.filter(({ at }) => at < first && at >= pulse.at - length)
  return { at: pulse.at, seconds: [...known, ...pulse.seconds], breakers: pulse.breakers }
}

/** Seconds that are over: the present one is not counted to its end yet. */
export const over = ({ at, seconds }: Window): ReadonlyArray<Second> =>
  seconds.filter((second) => second.at <= at - 1_000 && second.at >= at - length)

/** Of the last full seconds, as one figure; latencies are of the newest second that has any. */
export const figures = (window: Window) => {
  const recent = over(window).slice(-10)
  const mean = (of: (second: Second) => number) =>
    recent.length === 0 ? 0 : recent.reduce((sum, second) => sum + of(second), 0) / recent.length
  const last = over(window).findLast(({ p99 }) => p99 !== null)
  const fresh = last !== undefined && last.at >= window.at - 15_000
  return {
    orders: mean(({ orders }) => orders),
    failed: mean(({ failed, refused }) => failed + refused),
    p50: fresh ? last.p50 : null,
    p99: fresh ? last.p99 : null
  }
}

/** Every change of any breaker within the window, the oldest first. */
export const transitions = ({ at, breakers }: Window) =>
  breakers.flatMap(({ process, transitions: all }) => all.map((transition) => ({ process, ...transition })))
    .filter((transition) => transition.at >= at - length)
    .toSorted((a, b) => a.at - b.at)

export interface Segment {
  readonly state: Pulse["breakers"][number]["state"]
  readonly from: number
  readonly to: number
}

/** How one breaker stood over the window, without a gap. */
export const segments = (breaker: Pulse["breakers"][number], at: number): ReadonlyArray<Segment> => {
  const from = at - length
  const all: Array<Segment> = []
  let since = from
  let state = breaker.transitions[0]?.from ?? breaker.state
  for (const transition of breaker.transitions) {
    if (transition.at > since) {
      all.push({ state, from: since, to: transition.at })
      since = transition.at
    }
    state = transition.to
  }
  if (at > since) all.push({ state, from: since, to: at })
  return all
}
