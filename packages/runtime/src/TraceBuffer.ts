/** What this process has recorded of traces and logs and not handed on yet; the newest, within a bound. */
import * as Context from "effect/Context"
import * as Option from "effect/Option"
import type { LogEntry } from "./LogEntry.ts"
import { attributesOf, eventsOf, failureOf } from "./TelemetryFacts.ts"
import type { RecordedSpan } from "./TelemetrySpan.ts"
import type { TraceLog, TraceSpan } from "./Trace.ts"

export interface Recorded {
  readonly spans: ReadonlyArray<TraceSpan>
  readonly logs: ReadonlyArray<TraceLog>
}

export class TraceBuffer extends Context.Tag("@saucier/runtime/TraceBuffer")<TraceBuffer, {
  readonly span: (span: RecordedSpan) => void
  readonly log: (entry: LogEntry) => void
  /** Takes out what there is. */
  readonly take: () => Recorded
}>() {}

const maxSpans = 256
const maxLogs = 256

const millis = (nanos: bigint): number => Number(nanos / 1000n) / 1000

const viewOf = (span: RecordedSpan, service: string): TraceSpan => {
  const { kind, links, name, parent, spanId, status, traceId } = span
  const ended = status._tag === "Ended" ? status.endTime : status.startTime
  const attributes = Object.fromEntries(attributesOf(span))
  const order = attributes["saucier.order.id"]
  return {
    traceId,
    spanId,
    parentSpanId: Option.getOrNull(Option.map(parent, ({ spanId }) => spanId)),
    name,
    kind,
    service,
    startedAt: millis(status.startTime),
    duration: millis(ended - status.startTime),
    error: failureOf(span)?.type ?? null,
    orderId: typeof order === "string" ? order : null,
    attributes,
    events: eventsOf(span).map(([name, time, attributes]) => ({ name, at: millis(time), attributes })),
    links: links.map(({ span }) => ({ traceId: span.traceId, spanId: span.spanId }))
  }
}

const logOf = ({ cause, orderId, spanId, traceId, ...entry }: LogEntry): TraceLog => ({
  ...entry,
  traceId: traceId ?? null,
  spanId: spanId ?? null,
  orderId: orderId ?? null,
  cause: cause ?? null
})

/** Under load whole traces are left out, rather than parts of all: a trace that came too late is not begun. */
export const make = (service: string): TraceBuffer["Type"] => {
  let spans: Array<RecordedSpan> = []
  let logs: Array<LogEntry> = []
  let known = new Set<string>()
  return {
    span: (span) => {
      if (spans.length >= maxSpans) {
        if (spans.length >= 2 * maxSpans || !known.has(span.traceId)) return
      }
      known.add(span.traceId)
      spans.push(span)
    },
    log: (entry) => {
      if (logs.length < maxLogs) logs.push(entry)
    },
    take: () => {
      const taken = { spans: spans.map((span) => viewOf(span, service)), logs: logs.map(logOf) }
      spans = []
      logs = []
      known = new Set()
      return taken
    }
  }
}
