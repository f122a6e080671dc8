/** A trace as rows of a waterfall: parents before their children, each with its place in time. */
import type { Span } from "../api/Traces.ts"

export interface Bar {
  readonly span: Span
  readonly depth: number
  /** Shares of the whole trace's time, from 0 to 1. */
  readonly from: number
  readonly width: number
  /** Milliseconds after the trace began. */
  readonly offset: number
}

const byStart = (a: Span, b: Span) => a.startedAt - b.startedAt

/** A span whose parent is unknown stands at the root. */
export const barsOf = (spans: ReadonlyArray<Span>): ReadonlyArray<Bar> => {
  const known = new Set(spans.map(({ spanId }) => spanId))
  const children = new Map<string, ReadonlyArray<Span>>()
  for (const span of spans) {
    const parent = span.parentSpanId !== null && known.has(span.parentSpanId) ? span.parentSpanId : ""
    children.set(parent, [...(children.get(parent) ?? []), span])
  }
  const began = Math.min(...spans.map(({ startedAt }) => startedAt))
  const ended = Math.max(...spans.map(({ duration, startedAt }) => startedAt + duration))
  const whole = Math.max(ended - began, 0.001)
  const bars: Array<Bar> = []
  const add = (parent: string, depth: number) => {
    for (const span of (children.get(parent) ?? []).toSorted(byStart)) {
      const offset = span.startedAt - began
      bars.push({ span, depth, from: offset / whole, width: span.duration / whole, offset })
      add(span.spanId, depth + 1)
    }
  }
  add("", 0)
  return bars
}
