/** Spans as OTLP has them (opentelemetry-proto, trace/v1). */
import * as OtlpResource from "@effect/opentelemetry/OtlpResource"
import * as Option from "effect/Option"
import { attributesOf, eventsOf, failureOf } from "./TelemetryFacts.ts"
import type { RecordedSpan } from "./TelemetrySpan.ts"

const kinds = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const

const sampledFlag = 1

/** A remote parent says so, by which a reader knows where a process begins. */
const flagsOf = (isRemote: boolean) => sampledFlag | 0x100 | (isRemote ? 0x200 : 0)

const spanOf = (span: RecordedSpan) => {
  const { kind, links, name, spanId, status, traceId } = span
  const parent = Option.getOrUndefined(span.parent)
  const failure = failureOf(span)
  const attributes = OtlpResource.entriesToAttributes(
    failure === undefined ? attributesOf(span) : [...attributesOf(span), ["error.type", failure.type]]
  )
  return {
    traceId,
    spanId,
    parentSpanId: parent?.spanId,
    flags: flagsOf(parent?._tag === "ExternalSpan"),
    name,
    kind: kinds[kind],
    startTimeUnixNano: String(status.startTime),
    endTimeUnixNano: String(status._tag === "Ended" ? status.endTime : status.startTime),
    attributes,
    droppedAttributesCount: 0,
    events: eventsOf(span).map(([name, time, attributes]) => ({
      name,
      timeUnixNano: String(time),
      attributes: OtlpResource.entriesToAttributes(Object.entries(attributes)),
      droppedAttributesCount: 0
    })),
    droppedEventsCount: 0,
    links: links.map(({ attributes, span }) => ({
      traceId: span.traceId,
      spanId: span.spanId,
      attributes: OtlpResource.entriesToAttributes(Object.entries(attributes)),
      droppedAttributesCount: 0
    })),
    droppedLinksCount: 0,
    status: failure === undefined ? { code: 0 } : { code: 2, message: failure.message }
  }
}

export const tracesOf = (
  resource: OtlpResource.Resource,
  spans: ReadonlyArray<RecordedSpan>
) => ({
  resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "saucier" }, spans: spans.map(spanOf) }] }]
})
