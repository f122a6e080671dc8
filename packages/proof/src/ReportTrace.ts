/** A trace as a tree of spans beside the time that each took. */
import type { Trace } from "@saucier/runtime/Trace"
import * as Html from "./ReportHtml.ts"
import { reportTexts as texts } from "./ReportTexts.ts"

type Span = Trace["spans"][number]

interface Placed {
  readonly span: Span
  readonly depth: number
}

/** Each span after the one it is under, those of one parent in the order of time. */
const tree = (spans: ReadonlyArray<Span>): ReadonlyArray<Placed> => {
  const known = new Set(spans.map(({ spanId }) => spanId))
  const children = new Map<string | null, Array<Span>>()
  for (const span of [...spans].sort((a, b) => a.startedAt - b.startedAt)) {
    const parent = span.parentSpanId !== null && known.has(span.parentSpanId) ? span.parentSpanId : null
    children.set(parent, [...(children.get(parent) ?? []), span])
  }
  const placed: Array<Placed> = []
  const waiting = (children.get(null) ?? []).map((span): Placed => ({ span, depth: 0 })).reverse()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { depth, span } = next
    placed.push(next)
    const under = (children.get(span.spanId) ?? []).map((span): Placed => ({ span, depth: depth + 1 }))
    waiting.push(...under.reverse())
  }
  return placed
}

const deepest = 12

export const html = ({ spans, traceId }: Trace): string => {
  const start = Math.min(...spans.map(({ startedAt }) => startedAt))
  const whole = Math.max(1, ...spans.map(({ duration, startedAt }) => startedAt + duration - start))
  const line = ({ depth, span: { duration, error, name, service, startedAt } }: Placed) => {
    const from = ((startedAt - start) / whole) * 100
    const width = Math.min(Math.max(0.4, (duration / whole) * 100), 100 - from)
    return `<div class="span${error === null ? "" : " failed"}"><span style="padding-left:${
      Math.min(depth, deepest) * 0.7
    }em" title="${Html.escape(name)}">${Html.escape(name)}</span><span>${
      Html.escape(service)
    }</span><span class="lane"><i style="left:${from.toFixed(2)}%;width:${
      width.toFixed(2)
    }%"></i></span><span class="number">${duration.toFixed(1)} ms</span></div>`
  }
  return `<details class="trace"><summary>${
    Html.said(texts.trace)
  } <code>${traceId}</code> · ${spans.length} ${Html.said(texts.spans)} · ${whole.toFixed(0)} ms</summary>${
    tree(spans).map(line).join("")
  }</details>`
}
