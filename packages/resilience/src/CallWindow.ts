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

export const push = (
  rules: WindowRules,
  window: CallWindow,
  call: { readonly failed: boolean; readonly slow: boolean; readonly at: number }
): CallWindow => {
  if (window._tag === "CountWindow") return pushCount(window, call.failed, call.slow)
  const index = indexAt(rules, call.at)
  const buckets = live(rules, window.buckets, call.at)
  const newest = buckets.at(-1)
  return {
    _tag: "TimeWindow",
    buckets: newest !== undefined && newest.index >= index
      ? [...buckets.slice(0, -1), { ...CallCounts.add(newest, call.failed, call.slow), index: newest.index }]
      : [...buckets, { ...CallCounts.add(CallCounts.none, call.failed, call.slow), index }]
  }
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
