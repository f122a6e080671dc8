import * as Context from "effect/Context"

/** A time in which this process stood still, in nanoseconds of the monotonic clock: until when, and for how long. */
export interface Stall {
  readonly until: number
  readonly length: number
}

/** From this length on a stall is a standstill: an answer may have come at any time of it, and a request left only after it. */
export const standstill = 200e6
/** So much before an answer is read, it may have come and lain unread. */
export const unread = 100e6

/**
 * How much of the last `duration` nanoseconds may not be the provider's: standstills, and the short stalls just before the
 * answer was read. Short stalls before that pass while the provider works; leaving them out, too, would make a slow
 * provider look quick to a process that is busy.
 */
export const lostOf = (stalls: ReadonlyArray<Stall>, now: number, duration: number): number => {
  const began = now - duration
  let lost = 0
  for (const { length, until } of stalls) {
    if (until < began) continue
    if (length >= standstill || until >= now - unread) lost += Math.min(length, until - began)
  }
  return lost
}

/** How much of the last `duration` nanoseconds this process stood still. Nothing is lost unless somebody measures it. */
export class LostTime extends Context.Reference<LostTime>()("@saucier/resilience/LostTime", {
  defaultValue: () => (_duration: number): number => 0
}) {}
