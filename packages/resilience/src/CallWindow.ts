import * as CallCounts from "./CallCounts.ts"
import type { WindowRules } from "./CircuitBreakerRules.ts"

interface Bucket extends CallCounts.CallCounts {
  readonly index: number
}

/** `ring` holds one byte a call, 1 failed and 2 slow; `next` is the oldest once the ring is full. */
interface CountWindow {
  readonly _tag: "CountWindow"
  readonly ring: Uint8Array
  readonly next: number
  readonly counts: CallCounts.CallCounts
}

/** Only buckets that have calls, oldest first. */
interface TimeWindow {
  readonly _tag: "TimeWindow"
  readonly buckets: ReadonlyArray<Bucket>
}

export type CallWindow = CountWindow | TimeWindow

export const empty = (rules: WindowRules): CallWindow =>
  rules.type === "count"
    ? { _tag: "CountWindow", ring: new Uint8Array(rules.size), next: 0, counts: CallCounts.none }
    : { _tag: "TimeWindow", buckets: [] }

const pushCount = (window: CountWindow, failed: boolean, slow: boolean): CountWindow => {
  const size = window.ring.length
  const replaced = window.counts.calls === size ? window.ring[window.next] ?? 0 : undefined
  const ring = window.ring.slice()
  ring[window.next] = Number(failed) + 2 * Number(slow)
  const counts = replaced === undefined ? window.counts : {
    calls: window.counts.calls - 1,
    failures: window.counts.failures - (replaced & 1),
    slow: window.counts.slow - (replaced >> 1)
  }
  return {
    _tag: "CountWindow",
    ring,
    next: (window.next + 1) % size,
    counts: CallCounts.add(counts, failed, slow)
  }
}

const indexAt = (rules: WindowRules, now: number) =>
  rules.type === "time" ? Math.floor(now / rules.bucketNanos) : 0

const live = (rules: WindowRules, buckets: ReadonlyArray<Bucket>, now: number): ReadonlyArray<Bucket> => {
  if (rules.type !== "time") return buckets
  const oldest = indexAt(rules, now) - rules.buckets + 1
  const first = buckets[0]
  return first === undefined || first.index >= oldest
    ? buckets
    : buckets.filter(({ index }) => index >= oldest)
}

interface Call {
  readonly failed: boolean
  readonly slow: boolean
  readonly at: number
}

const bucketOf = (index: number, counts: CallCounts.CallCounts, { failed, slow }: Call): Bucket => ({
  index,
  calls: counts.calls + 1,
  failures: counts.failures + Number(failed),
  slow: counts.slow + Number(slow)
})

export const push = (rules: WindowRules, window: CallWindow, call: Call): CallWindow => {
  if (window._tag === "CountWindow") return pushCount(window, call.failed, call.slow)
  const index = indexAt(rules, call.at)
  const buckets = live(rules, window.buckets, call.at)
  const newest = buckets.at(-1)
  if (newest === undefined || newest.index < index) {
    return { _tag: "TimeWindow", buckets: [...buckets, bucketOf(index, CallCounts.none, call)] }
  }
  const updated = buckets.slice()
  updated[buckets.length - 1] = bucketOf(newest.index, newest, call)
  return { _tag: "TimeWindow", buckets: updated }
}

/** What the window holds at `now`. Time alone empties a time window: nobody has to call for it to forget. */
export const countsAt = (rules: WindowRules, window: CallWindow, now: number): CallCounts.CallCounts => {
  if (window._tag === "CountWindow") return window.counts
  let calls = 0
  let failures = 0
  let slow = 0
  for (const bucket of live(rules, window.buckets, now)) {
    calls += bucket.calls
    failures += bucket.failures
    slow += bucket.slow
  }
  return { calls, failures, slow }
}

/** When the oldest of the calls held at `now` will be forgotten, or null when time changes nothing. */
export const expiresAt = (rules: WindowRules, window: CallWindow, now: number): number | null => {
  if (rules.type === "count" || window._tag === "CountWindow") return null
  const oldest = live(rules, window.buckets, now)[0]
  return oldest === undefined ? null : (oldest.index + rules.buckets) * rules.bucketNanos
}
