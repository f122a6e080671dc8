/** A trace as lines for a terminal: parents before their children, each with its place in time, and what happened to it. */
import type { Trace, TraceSpan } from "@saucier/runtime/Trace"
import * as Colours from "./Colours.ts"

const columns = 24
const nameWidth = 44
const margin = " ".repeat(22 + columns)

interface Placed {
  readonly span: TraceSpan
  readonly depth: number
}

/** A span whose parent is unknown stands at the root. */
export const placedOf = (spans: ReadonlyArray<TraceSpan>): ReadonlyArray<Placed> => {
  const known = new Set(spans.map(({ spanId }) => spanId))
  const children = new Map<string | null, Array<TraceSpan>>()
  for (const span of spans.toSorted((a, b) => a.startedAt - b.startedAt)) {
    const parent = span.parentSpanId !== null && known.has(span.parentSpanId) ? span.parentSpanId : null
    const siblings = children.get(parent)
    if (siblings === undefined) children.set(parent, [span])
    else siblings.push(span)
  }
  const placed: Array<Placed> = []
  const add = (parent: string | null, depth: number) => {
    for (const span of children.get(parent) ?? []) {
      placed.push({ span, depth })
      add(span.spanId, depth + 1)
    }
  }
  add(null, 0)
  return placed
}

const millis = (value: number) => value.toFixed(1).padStart(9)

const barOf = (offset: number, duration: number, whole: number) => {
  const from = Math.min(columns - 1, Math.floor(offset / whole * columns))
  const width = Math.min(columns - from, Math.max(1, Math.round(duration / whole * columns)))
  return `${" ".repeat(from)}${"█".repeat(width)}`.padEnd(columns)
}

const shown = (attributes: Readonly<Record<string, unknown>>) =>
  Object.entries(attributes).map(([key, value]) => `${key}=${value}`).join(" ")

/** Milliseconds since the trace began, milliseconds that it took, a bar of both, and what it was; below it what happened, the log too. */
export const lines = ({ spans }: Trace): ReadonlyArray<string> => {
  const began = Math.min(...spans.map(({ startedAt }) => startedAt))
  const whole = Math.max(...spans.map(({ duration, startedAt }) => startedAt + duration - began), 0.001)
  return placedOf(spans).map(({ depth, span }) => {
    const offset = span.startedAt - began
    const indent = "  ".repeat(Math.min(depth, 12))
    const name = `${indent}${span.name}`.padEnd(nameWidth)
    const notes = span.events.map(({ attributes, name }) => `${name} ${shown(attributes)}`.trimEnd())
    const error = span.error === null ? "" : Colours.red(` ${span.error}`)
    const line = `${Colours.dim(`+${millis(offset)} ${millis(span.duration)}`)} ${
      Colours.cyan(barOf(offset, span.duration, whole))
    } ${name} ${Colours.dim(span.service)}${error}`
    return notes.reduce(
      (block, note) => `${block}\n${margin}${indent}${Colours.dim(`· ${note}`)}`,
      line
    )
  })
}
