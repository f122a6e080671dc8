/** The newest traces and logs of a whole system, in memory: the oldest make room. */
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import type { Trace, TraceLog, TraceSpan, TraceSummary } from "./Trace.ts"
import type { Recorded } from "./TraceBuffer.ts"

export class TraceRing extends Context.Tag("@saucier/runtime/TraceRing")<TraceRing, {
  readonly record: (recorded: Recorded) => void
  /** The newest first, of one order or of all. */
  readonly recent: (limit: number, orderId: string | null) => ReadonlyArray<TraceSummary>
  readonly logs: (limit: number) => ReadonlyArray<TraceLog>
  readonly trace: (traceId: string) => Trace | undefined
}>() {}

const maxTraces = 512
const maxSpans = 256
const maxLogs = 1024

const summaryOf = (traceId: string, spans: ReadonlyArray<TraceSpan>): TraceSummary | undefined => {
  const ids = new Set(spans.map(({ spanId }) => spanId))
  const byTime = spans.toSorted((a, b) => a.startedAt - b.startedAt)
  const first = byTime.find(({ parentSpanId }) => parentSpanId === null || !ids.has(parentSpanId)) ??
    byTime[0]
  if (first === undefined) return undefined
  const end = Math.max(...spans.map(({ duration, startedAt }) => startedAt + duration))
  return {
    traceId,
    name: first.name,
    service: first.service,
    services: [...new Set(byTime.map(({ service }) => service))],
    startedAt: first.startedAt,
    duration: end - first.startedAt,
    spans: spans.length,
    failed: spans.some(({ error }) => error !== null),
    orderId: spans.find(({ orderId }) => orderId !== null)?.orderId ?? null
  }
}

export const make = (): TraceRing["Type"] => {
  const traces = new Map<string, Map<string, TraceSpan>>()
  let logs: ReadonlyArray<TraceLog> = []

  const recordSpan = (span: TraceSpan) => {
    const found = traces.get(span.traceId)
    const spans = found ?? new Map<string, TraceSpan>()
    if (found === undefined) traces.set(span.traceId, spans)
    if (spans.size < maxSpans) spans.set(span.spanId, span)
    for (const [oldest] of traces) {
      if (traces.size <= maxTraces) break
      traces.delete(oldest)
    }
  }

  return {
    record: (recorded) => {
      for (const span of recorded.spans) recordSpan(span)
      logs = [...logs, ...recorded.logs].slice(-maxLogs)
    },
    recent: (limit, orderId) => {
      const found: Array<TraceSummary> = []
      for (const [traceId, spans] of [...traces].reverse()) {
        if (found.length >= limit) break
        const summary = summaryOf(traceId, [...spans.values()])
        if (summary !== undefined && (orderId === null || summary.orderId === orderId)) found.push(summary)
      }
      return found
    },
    logs: (limit) => logs.slice(-limit).toReversed(),
    trace: (traceId) => {
      const spans = traces.get(traceId)
      if (spans === undefined) return undefined
      return {
        traceId,
        spans: [...spans.values()].sort((a, b) => a.startedAt - b.startedAt),
        logs: logs.filter((log) => log.traceId === traceId)
      }
    }
  }
}

export const layer: Layer.Layer<TraceRing> = Layer.sync(TraceRing, make)
