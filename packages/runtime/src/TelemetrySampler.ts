/** Head sampling: decided where a trace begins, and followed by everyone after. */
import type * as Tracer from "effect/Tracer"

/** A trace that begins here, or one whose beginning is elsewhere. Nanoseconds on the monotonic clock. */
export interface Beginning {
  readonly traceId: string
  readonly kind: Tracer.SpanKind
  readonly at: bigint
}

export type Sampler = (beginning: Beginning) => boolean

export const always: Sampler = () => true
export const never: Sampler = () => false

/** By the random end of the trace id, so that all who see the trace come to the same decision (W3C trace context, level 2). */
export const ratio = (share: number): Sampler => {
  if (share >= 1) return always
  const refused = 1 - share
  return ({ traceId }) => Number.parseInt(traceId.slice(-14), 16) / 2 ** 56 >= refused
}

/** So many traces a second and no more: what a person looks through, at a cost that load does not raise. */
export const budget = (perSecond: number): Sampler => {
  let left = perSecond
  let filledAt: bigint | undefined
  return ({ at }) => {
    const seconds = filledAt === undefined ? 0 : Number(at - filledAt) / 1e9
    filledAt = at
    left = Math.min(perSecond, left + Math.max(0, seconds) * perSecond)
    if (left < 1) return false
    left -= 1
    return true
  }
}

/** What a trace may begin with. A poll or a statement that nobody asked for is no story to tell. */
export const isEntry = (kind: Tracer.SpanKind): boolean => kind === "server" || kind === "consumer"
