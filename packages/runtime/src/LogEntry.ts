/** One message of the log as programs read it: where it belongs to, and nothing that must stay here. */
import { withoutSecrets } from "@saucier/kernel/WithoutSecrets"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as FiberRef from "effect/FiberRef"
import * as FiberRefs from "effect/FiberRefs"
import * as HashMap from "effect/HashMap"
import type * as Logger from "effect/Logger"
import * as Option from "effect/Option"
import * as Tracer from "effect/Tracer"
import { orderOf, plain } from "./TelemetryFacts.ts"

export interface LogEntry {
  readonly time: string
  readonly level: string
  readonly message: string
  readonly service: string
  readonly traceId: string | undefined
  readonly spanId: string | undefined
  readonly orderId: string | undefined
  readonly annotations: Readonly<Record<string, unknown>>
  readonly cause: string | undefined
}

const spanOf = (context: FiberRefs.FiberRefs): Tracer.AnySpan | undefined =>
  Option.getOrUndefined(
    Context.getOption(FiberRefs.getOrDefault(context, FiberRef.currentContext), Tracer.ParentSpan)
  )

/** The order that the span, or one that it is part of, is about. */
const orderOfSpan = (span: Tracer.AnySpan | undefined): string | undefined => {
  if (span?._tag !== "Span") return undefined
  const { attributes } = span
  const id = attributes.get("saucier.order.id") ?? attributes.get("entity.id") ??
    attributes.get("saucier.stream.id")
  return orderOf(id) ?? orderOfSpan(Option.getOrUndefined(span.parent))
}

export const make = (
  service: string,
  { annotations, cause, context, date, logLevel, message }: Logger.Logger.Options<unknown>
): LogEntry => {
  const span = spanOf(context)
  const given = Array.from(annotations)
  const named = given.map(([, value]) => orderOf(value)).find((order) => order !== undefined)
  return {
    time: date.toISOString(),
    level: logLevel.label,
    message: (Array.isArray(message) ? message : [message]).map((part) => String(plain(part))).join(" "),
    service,
    traceId: span?.traceId ?? Option.getOrUndefined(HashMap.get(annotations, "traceId"))?.toString(),
    spanId: span?.spanId,
    orderId: named ?? orderOfSpan(span),
    annotations: Object.fromEntries(given.map(([key, value]) => [key, plain(value)])),
    cause: Cause.isEmpty(cause)
      ? undefined
      : withoutSecrets(Cause.pretty(cause, { renderErrorCause: true }))
  }
}

/** As a line of JSON, by the names that collectors of logs know; its own fields first, and not to be taken by a note. */
export const json = ({ annotations, cause, orderId, spanId, traceId, ...entry }: LogEntry): string => {
  const own = { ...entry, trace_id: traceId, span_id: spanId, order_id: orderId }
  return JSON.stringify({ ...own, ...annotations, ...own, cause })
}
