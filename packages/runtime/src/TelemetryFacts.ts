/** What is told of a span, to a collector or to people: no header, no query, no value of a statement. */
import { DeliveryId, OrderId, orderIdOf, PaymentId } from "@saucier/kernel/Ids"
import { withoutSecrets } from "@saucier/kernel/WithoutSecrets"
import * as Cause from "effect/Cause"
import * as Exit from "effect/Exit"
import * as Inspectable from "effect/Inspectable"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import type { RecordedSpan, SpanEvent } from "./TelemetrySpan.ts"

const isOrderId = Schema.is(OrderId)
const isOfOrder = Schema.is(Schema.Union(PaymentId, DeliveryId))

/** The order that an id belongs to: its own, its payment's or its delivery's, also as a stream or an event. */
export const orderOf = (id: unknown): string | undefined => {
  if (!Predicate.isString(id)) return undefined
  const [bare] = /(ord|pay|dlv)_[0-9a-z]{26}/.exec(id) ?? []
  if (isOrderId(bare)) return bare
  return isOfOrder(bare) ? orderIdOf(bare) : undefined
}

/** A value from anywhere, as it may be told. */
export const plain = (value: unknown): unknown => {
  if (typeof value === "boolean" || value === null) return value
  if (typeof value === "number" && Number.isFinite(value)) return value
  return withoutSecrets(typeof value === "string" ? value : Inspectable.toStringUnknown(value, 0))
}

const secret = /^(http\.(request|response)\.header\.|url\.query$)/

/** Of an address neither its query nor who signs in there. */
const withoutQuery = (url: unknown) =>
  Predicate.isString(url) ? withoutSecrets(url.split(/[?#]/, 1)[0] ?? "") : undefined

/** Numbers that JSON has not would make a collector refuse all that comes with them. */
const written = (value: unknown) =>
  typeof value === "number" && !Number.isFinite(value) ? String(value) : value

const renamed: Readonly<Record<string, string>> = {
  "entity.type": "rpc.service",
  "entity.id": "saucier.entity.id",
  "requestId": "rpc.request.id"
}

/** Attributes by their conventional names, with the order they concern. */
export const attributesOf = (span: RecordedSpan): Array<[string, unknown]> => {
  const told: Array<[string, unknown]> = []
  let order: string | undefined
  for (const [key, value] of span.attributes) {
    if (secret.test(key)) continue
    if (key === "url.full") told.push([key, withoutQuery(value)])
    else told.push([renamed[key] ?? key, written(value)])
    if (key === "entity.id" || key === "saucier.stream.id") order ??= orderOf(value)
  }
  if (span.attributes.has("entity.type")) {
    told.push(["rpc.system", "effect_cluster"], [
      "rpc.method",
      span.name.slice(span.name.lastIndexOf(".") + 1)
    ])
  }
  if (order !== undefined && !span.attributes.has("saucier.order.id")) told.push(["saucier.order.id", order])
  return told
}

const idle: ReadonlySet<string> = new Set(["effect.fiberId"])

/** What happened to it. The log is among that: Effect writes each message on the span where it was logged. */
export const eventsOf = ({ events }: RecordedSpan): ReadonlyArray<SpanEvent> =>
  events.map(([name, time, attributes]) => [
    withoutSecrets(name),
    time,
    Object.fromEntries(
      Object.entries(attributes).flatMap(([key, value]) => idle.has(key) ? [] : [[key, plain(value)]])
    )
  ])

export interface Failure {
  readonly type: string
  readonly message: string
}

const nameOf = (error: unknown): string => {
  if (Predicate.hasProperty(error, "_tag") && Predicate.isString(error._tag)) return error._tag
  return error instanceof Error ? error.name : "unknown"
}

const failureOfExit = (exit: Exit.Exit<unknown, unknown>): Failure | undefined => {
  if (Exit.isSuccess(exit) || Cause.isInterruptedOnly(exit.cause)) return undefined
  const failed = Cause.failureOption(exit.cause)
  return Option.match(failed, {
    onSome: (error) => ({ type: nameOf(error), message: nameOf(error) }),
    onNone: () => ({ type: nameOf(Cause.squash(exit.cause)), message: "defect" })
  })
}

/** From which status on an answer is a failure of who gives it, and of who asked (OpenTelemetry's conventions for HTTP). */
const failing: Readonly<Record<string, number>> = { server: 500, client: 400 }

const failureOfStatus = ({ attributes, kind }: RecordedSpan): Failure | undefined => {
  const status = attributes.get("http.response.status_code")
  const least = failing[kind]
  if (typeof status !== "number" || least === undefined || status < least) return undefined
  return { type: String(status), message: `HTTP ${status}` }
}

/**
 * Why a span failed. A rejection or failure is told by its type, and only our own words of it: what else an error holds may
 * be a secret. Interruption is how a caller leaves, and no failure.
 */
export const failureOf = (span: RecordedSpan): Failure | undefined =>
  (span.status._tag === "Ended" ? failureOfExit(span.status.exit) : undefined) ?? failureOfStatus(span)
