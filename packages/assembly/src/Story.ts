/** What became of one order, from the three logs that tell of it: every event in time order, and who decided it. */
import { DeliveryEvent } from "@saucier/delivery/Delivery"
import type { RecordedEvent } from "@saucier/eventsourcing/Event"
import * as Traceparent from "@saucier/eventsourcing/Traceparent"
import { OrderId } from "@saucier/kernel/Ids"
import { OrderEvent } from "@saucier/order/Order"
import { PaymentEvent } from "@saucier/payment/Payment"
import type { Language } from "@saucier/runtime/Language"
import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import type { StoryEvent } from "./StoryText.ts"
import { textOf } from "./StoryTexts.ts"

export const tellers = ["order", "payment", "delivery"] as const
const Teller = Schema.Literal(...tellers)
export type Teller = typeof Teller.Type

/** One exchange with the provider. `took` is in milliseconds; `breaker` says whether it let the call through. */
export const StoryAttempt = Schema.Struct({
  kind: Schema.Literal("charge", "void", "refund"),
  outcome: Schema.Literal("captured", "declined", "refused", "unknown", "voided", "refunded", "delayed"),
  detail: Schema.NullOr(Schema.String),
  took: Schema.NullOr(Schema.Number),
  breaker: Schema.Literal("admitted", "refused")
})
export type StoryAttempt = typeof StoryAttempt.Type

/**
 * `policy` decided it, or null when a person or another aggregate did (`actor`); `runner` is the process that recorded it,
 * null for events of before processes wrote themselves down.
 */
export const StoryStep = Schema.Struct({
  at: Schema.DateTimeUtc,
  context: Teller,
  type: Schema.String,
  version: Schema.Int,
  text: Schema.String,
  data: Schema.Unknown,
  actor: Schema.String,
  policy: Schema.NullOr(Schema.String),
  runner: Schema.NullOr(Schema.String),
  traceId: Schema.NullOr(Schema.String),
  causationId: Schema.NullOr(Schema.String),
  attempt: Schema.NullOr(StoryAttempt)
}).annotations({ identifier: "StoryStep" })
export type StoryStep = typeof StoryStep.Type

/** `missing` names the contexts that could not be asked: the rest is told all the same. */
export const Story = Schema.Struct({
  orderId: OrderId,
  steps: Schema.Array(StoryStep),
  traceIds: Schema.Array(Schema.String),
  missing: Schema.Array(Teller)
}).annotations({ identifier: "Story" })
export type Story = typeof Story.Type

const decode = Schema.decodeUnknownOption(Schema.Union(OrderEvent, PaymentEvent, DeliveryEvent))

const eventOf = ({ data, type }: RecordedEvent): Option.Option<StoryEvent> =>
  decode(Predicate.isRecord(data) ? { ...data, _tag: type } : { _tag: type })

const attemptOf = (event: StoryEvent): StoryAttempt | null => {
  const attempt = (
    kind: StoryAttempt["kind"],
    outcome: StoryAttempt["outcome"],
    detail: string | null,
    { by, took }: { readonly took?: number; readonly by?: string }
  ): StoryAttempt => ({
    kind,
    outcome,
    detail,
    took: took ?? null,
    breaker: by === "breaker" ? "refused" : "admitted"
  })
  switch (event._tag) {
    case "PaymentCaptured":
      return attempt("charge", "captured", event.reference, event)
    case "PaymentDeclined":
      return attempt("charge", "declined", event.code, event)
    case "PaymentFailed":
      return attempt("charge", "refused", event.detail, event)
    case "PaymentOutcomeUnknown":
      return attempt("charge", "unknown", event.detail, event)
    case "PaymentVoided":
      return event.took === undefined ? null : attempt("void", "voided", null, event)
    case "PaymentRefunded":
      return attempt("refund", "refunded", event.reference, event)
    case "RefundDelayed":
      return attempt("refund", "delayed", event.detail, event)
    default:
      return null
  }
}

const stepOf = (context: Teller, recorded: RecordedEvent, language: Language): StoryStep => {
  const event = eventOf(recorded)
  const { actor, causationId, data, occurredAt, runner, traceparent, type, version } = recorded
  return {
    at: DateTime.unsafeMake(occurredAt),
    context,
    type,
    version,
    text: Option.match(event, { onNone: () => type, onSome: textOf[language] }),
    data,
    actor,
    policy: actor.startsWith("policy:") ? actor.slice("policy:".length) : null,
    runner: runner ?? null,
    traceId: Traceparent.spanOf(traceparent)?.traceId ?? null,
    causationId,
    attempt: Option.getOrNull(Option.map(event, attemptOf))
  }
}

/** By time, and never against the order of a stream: the clocks of those who decide may differ by a little. */
const merged = (streams: ReadonlyArray<ReadonlyArray<StoryStep>>): ReadonlyArray<StoryStep> =>
  streams.flatMap((steps) => {
    let latest = 0
    return steps.map((step) => {
      latest = Math.max(latest, step.at.epochMillis)
      return { at: latest, step }
    })
  }).toSorted((a, b) => a.at - b.at).map(({ step }) => step)

export const tell = (
  orderId: OrderId,
  logs: ReadonlyMap<Teller, ReadonlyArray<RecordedEvent>>,
  language: Language
): Story => {
  const steps = merged(
    tellers.map((context) => (logs.get(context) ?? []).map((recorded) => stepOf(context, recorded, language)))
  )
  return {
    orderId,
    steps,
    traceIds: [...new Set(steps.flatMap(({ traceId }) => traceId ?? []))],
    missing: tellers.filter((context) => !logs.has(context))
  }
}
