/**
 * Ubiquitous language of payment: commands, events, state, rejections.
 *
 * Event tags and fields are the stored format. Never rename or re-type one; add a new event and an upcaster instead.
 */
import { CommandMeta } from "@saucier/kernel/CommandMeta"
import { Goods } from "@saucier/kernel/Goods"
import { OrderId, PaymentId } from "@saucier/kernel/Ids"
import { Money } from "@saucier/kernel/Money"
import * as Schema from "effect/Schema"

/** `Failed`: the provider refused who asked first, and was not asked before. `Unknown`: it fell silent, so it may have charged. */
export const PaymentStatus = Schema.Literal(
  "Requested",
  "Captured",
  "Declined",
  "Failed",
  "Unknown",
  "Voided",
  "RefundRequested",
  "Refunded"
)
export type PaymentStatus = typeof PaymentStatus.Type

const text = Schema.String.pipe(Schema.maxLength(500))

/** Milliseconds that an exchange with the provider took, with all waiting and trying again. */
const took = {
  took: Schema.optionalWith(Schema.Number.pipe(Schema.finite(), Schema.nonNegative()), { exact: true })
}

/** Who refused: the provider, or what stands before it because it failed or is slow. */
export const Refuser = Schema.Literal("provider", "breaker", "bulkhead")
export type Refuser = typeof Refuser.Type

const by = { by: Schema.optionalWith(Refuser, { exact: true }) }

/** Certainly nobody was charged. */
export const Refused = Schema.TaggedStruct("Refused", { detail: text, ...by })
export type Refused = typeof Refused.Type

/** What an attempt at the provider came to. */
export const ChargeOutcome = Schema.Union(
  Schema.TaggedStruct("Captured", { reference: text, amount: Money }),
  Schema.TaggedStruct("Declined", { code: text }),
  Refused,
  Schema.TaggedStruct("Silent", { detail: text, ...by })
)
export type ChargeOutcome = typeof ChargeOutcome.Type

export const RefundOutcome = Schema.Union(
  Schema.TaggedStruct("Refunded", { reference: text }),
  Schema.TaggedStruct("NotYet", { detail: text, ...by })
)
export type RefundOutcome = typeof RefundOutcome.Type

const command = { meta: CommandMeta, paymentId: PaymentId, orderId: OrderId }

export const RequestPayment = Schema.TaggedStruct("RequestPayment", {
  ...command,
  amount: Money,
  goods: Goods
})
/** A request while the provider may not be asked: a payment of which nothing is known ends as it begins. */
export const RefusePayment = Schema.TaggedStruct("RefusePayment", {
  ...command,
  amount: Money,
  goods: Goods,
  refusal: Refused
})
export const RecordCharge = Schema.TaggedStruct("RecordCharge", {
  ...command,
  outcome: ChargeOutcome,
  ...took
})
/** The order ended: void what was not captured, refund what was. Before any request it leaves a tombstone. */
export const ReleasePayment = Schema.TaggedStruct("ReleasePayment", { ...command, reason: text })
export const RecordVoid = Schema.TaggedStruct("RecordVoid", { ...command, ...took })
export const RecordRefund = Schema.TaggedStruct("RecordRefund", {
  ...command,
  outcome: RefundOutcome,
  ...took
})
/** The provider has hinted at a capture of this amount. */
export const ReportAmount = Schema.TaggedStruct("ReportAmount", { ...command, amount: Money })
/** Somebody has looked. */
export const AcknowledgeAttention = Schema.TaggedStruct("AcknowledgeAttention", { ...command, note: text })

export const PaymentCommand = Schema.Union(
  RequestPayment,
  RefusePayment,
  RecordCharge,
  ReleasePayment,
  RecordVoid,
  RecordRefund,
  ReportAmount,
  AcknowledgeAttention
)
export type PaymentCommand = typeof PaymentCommand.Type

const event = { at: Schema.DateTimeUtcFromNumber, paymentId: PaymentId, orderId: OrderId }

export const PaymentRequested = Schema.TaggedStruct("PaymentRequested", {
  ...event,
  amount: Money,
  goods: Goods
})
/** `amount` is what the provider took. `wanted` is false when the order had ended before: such a capture is refunded and delivers nothing. */
export const PaymentCaptured = Schema.TaggedStruct("PaymentCaptured", {
  ...event,
  amount: Money,
  goods: Goods,
  reference: Schema.String,
  wanted: Schema.Boolean,
  ...took
})
export const PaymentDeclined = Schema.TaggedStruct("PaymentDeclined", {
  ...event,
  code: Schema.String,
  ...took
})
export const PaymentFailed = Schema.TaggedStruct("PaymentFailed", {
  ...event,
  detail: Schema.String,
  ...took,
  ...by
})
export const PaymentOutcomeUnknown = Schema.TaggedStruct("PaymentOutcomeUnknown", {
  ...event,
  detail: Schema.String,
  ...took,
  ...by
})
export const PaymentVoidRequested = Schema.TaggedStruct("PaymentVoidRequested", {
  ...event,
  reason: Schema.String
})
export const PaymentVoided = Schema.TaggedStruct("PaymentVoided", { ...event, ...took })
export const RefundRequested = Schema.TaggedStruct("RefundRequested", {
  ...event,
  amount: Money,
  reason: Schema.String
})
export const RefundDelayed = Schema.TaggedStruct("RefundDelayed", {
  ...event,
  detail: Schema.String,
  ...took,
  ...by
})
export const PaymentRefunded = Schema.TaggedStruct("PaymentRefunded", {
  ...event,
  amount: Money,
  reference: Schema.String,
  ...took
})
/** Somebody has to look: the provider contradicts us, or the payment has waited for it too long. */
export const PaymentAttentionRaised = Schema.TaggedStruct("PaymentAttentionRaised", {
  ...event,
  reason: Schema.String
})
export const PaymentAttentionCleared = Schema.TaggedStruct("PaymentAttentionCleared", {
  ...event,
  note: Schema.String
})

export const PaymentEvent = Schema.Union(
  PaymentRequested,
  PaymentCaptured,
  PaymentDeclined,
  PaymentFailed,
  PaymentOutcomeUnknown,
  PaymentVoidRequested,
  PaymentVoided,
  RefundRequested,
  RefundDelayed,
  PaymentRefunded,
  PaymentAttentionRaised,
  PaymentAttentionCleared
)
export type PaymentEvent = typeof PaymentEvent.Type

/** One exchange with the provider, as the payment clerk sees it. */
export const Attempt = Schema.Struct({
  kind: Schema.Literal("charge", "void", "refund"),
  outcome: Schema.String,
  detail: Schema.NullOr(Schema.String),
  at: Schema.DateTimeUtcFromNumber
})
export type Attempt = typeof Attempt.Type

/**
 * `release` is the reason why the money is not wanted any more, or null while it is. `captured` is what the provider
 * took, `attention` why somebody has to look, `acknowledged` at what somebody has looked already, `waitingSince` when the charge,
 * the refund, or the void of what failed was first asked for.
 */
export const Payment = Schema.TaggedStruct("Payment", {
  paymentId: PaymentId,
  orderId: OrderId,
  amount: Money,
  goods: Goods,
  status: PaymentStatus,
  release: Schema.NullOr(Schema.String),
  attempts: Schema.Array(Attempt),
  captured: Schema.NullOr(Money),
  attention: Schema.NullOr(Schema.String),
  acknowledged: Schema.NullOr(Schema.String),
  requestedAt: Schema.DateTimeUtcFromNumber,
  waitingSince: Schema.DateTimeUtcFromNumber
})
export type Payment = typeof Payment.Type

/**
 * Refused by the provider, which may still be taking the money: another process may have asked it for the same payment, and
 * not have told yet. To void it there ends the doubt. What was never asked for leaves none.
 */
export const isDoubtful = ({ attempts, status }: Payment): boolean =>
  status === "Failed" && attempts.some(({ outcome }) => outcome === "Refused") &&
  !attempts.some(({ kind }) => kind === "void")

/** The order has ended, and the provider has not told yet whether it took money all the same. */
export const isMadeSureOf = (payment: Payment): boolean => isDoubtful(payment) && payment.release !== null

/** `Tombstone`: released before it was requested; a request that comes later finds it and charges nobody. */
export const PaymentState = Schema.Union(
  Schema.TaggedStruct("Empty", {}),
  Schema.TaggedStruct("Tombstone", { paymentId: PaymentId, orderId: OrderId }),
  Payment
)
export type PaymentState = typeof PaymentState.Type

export class PaymentNotFound extends Schema.TaggedError<PaymentNotFound>()("PaymentNotFound", {}) {
  override get message() {
    return "There is no such payment"
  }
}

/** The same payment was asked for with another amount. */
export class PaymentMismatch
  extends Schema.TaggedError<PaymentMismatch>()("PaymentMismatch", { amount: Money })
{
  override get message() {
    return `The payment was requested with ${this.amount.amount} ${this.amount.currency}`
  }
}

export const PaymentRejection = Schema.Union(PaymentNotFound, PaymentMismatch)
export type PaymentRejection = typeof PaymentRejection.Type

/**
 * Since when somebody has to look at the payment, in epoch milliseconds: null when that is over, undefined where the event
 * leaves it as it was. As the decider has it.
 */
export const attentionSince = (event: PaymentEvent): number | null | undefined => {
  switch (event._tag) {
    case "PaymentAttentionRaised":
      return event.at.epochMillis
    case "PaymentAttentionCleared":
    case "PaymentCaptured":
    case "PaymentDeclined":
    case "PaymentFailed":
    case "PaymentVoided":
    case "PaymentRefunded":
      return null
    case "PaymentRequested":
    case "PaymentOutcomeUnknown":
    case "PaymentVoidRequested":
    case "RefundRequested":
    case "RefundDelayed":
      return undefined
  }
}
