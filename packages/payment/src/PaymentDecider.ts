import type { Decider } from "@saucier/eventsourcing/Decider"
import * as Either from "effect/Either"
import {
  type Attempt,
  type Payment,
  PaymentCaptured,
  type PaymentCommand,
  PaymentDeclined,
  type PaymentEvent,
  PaymentFailed,
  PaymentMismatch,
  PaymentNotFound,
  PaymentOutcomeUnknown,
  PaymentRefunded,
  type PaymentRejection,
  PaymentRequested,
  type PaymentState,
  PaymentVoided,
  PaymentVoidRequested,
  RefundDelayed,
  RefundRequested
} from "./Payment.ts"

type Decision = Either.Either<ReadonlyArray<PaymentEvent>, PaymentRejection>
type Command<Tag extends PaymentCommand["_tag"]> = Extract<PaymentCommand, { readonly _tag: Tag }>

const accept = (...events: ReadonlyArray<PaymentEvent>): Decision => Either.right(events)

const about = (command: PaymentCommand) => ({
  at: command.meta.at,
  paymentId: command.paymentId,
  orderId: command.orderId
})

const open = (payment: Payment) => payment.status === "Requested" || payment.status === "Unknown"

const never = (payment: Payment) =>
  payment.status === "Declined" || payment.status === "Failed" || payment.status === "Voided"

/** Money that arrives although the payment was over, or is not wanted any more, goes straight back. */
const captured = (command: Command<"RecordCharge">, reference: string, payment: Payment): Decision => {
  if (!open(payment) && !never(payment)) return accept()
  const { amount, goods, release } = payment
  const wanted = open(payment) && release === null
  const capture = PaymentCaptured.make({ ...about(command), amount, goods, reference, wanted })
  if (wanted) return accept(capture)
  const reason = release ?? "captured after the payment had ended"
  return accept(capture, RefundRequested.make({ ...about(command), amount, reason }))
}

const recordCharge = (command: Command<"RecordCharge">, payment: Payment): Decision => {
  const { outcome } = command
  switch (outcome._tag) {
    case "Captured":
      return captured(command, outcome.reference, payment)
    case "Declined":
      return open(payment)
        ? accept(PaymentDeclined.make({ ...about(command), code: outcome.code }))
        : accept()
    case "Refused":
      return payment.status === "Requested"
        ? accept(PaymentFailed.make({ ...about(command), detail: outcome.detail }))
        : accept()
    case "Silent":
      return payment.status === "Requested"
        ? accept(PaymentOutcomeUnknown.make({ ...about(command), detail: outcome.detail }))
        : accept()
  }
}

const release = (command: Command<"ReleasePayment">, payment: Payment): Decision => {
  if (payment.release !== null) return accept()
  if (open(payment)) return accept(PaymentVoidRequested.make({ ...about(command), reason: command.reason }))
  if (payment.status !== "Captured") return accept()
  return accept(RefundRequested.make({ ...about(command), amount: payment.amount, reason: command.reason }))
}

/** A provider that stays away for days is asked again and again, but not every refusal is worth an event. */
const recordedAttempts = 20

const recordRefund = (command: Command<"RecordRefund">, payment: Payment): Decision => {
  if (payment.status !== "RefundRequested") return accept()
  const { outcome } = command
  if (outcome._tag === "Refunded") {
    return accept(
      PaymentRefunded.make({ ...about(command), amount: payment.amount, reference: outcome.reference })
    )
  }
  return payment.attempts.length < recordedAttempts
    ? accept(RefundDelayed.make({ ...about(command), detail: outcome.detail }))
    : accept()
}

const attempted = (
  payment: Payment,
  status: Payment["status"],
  attempt: Attempt
): Payment => ({ ...payment, status, attempts: [...payment.attempts, attempt] })

const evolvePayment = (payment: Payment, event: PaymentEvent): Payment => {
  const { at } = event
  switch (event._tag) {
    case "PaymentRequested":
      return payment
    case "PaymentCaptured":
      return attempted(payment, "Captured", {
        kind: "charge",
        outcome: "Captured",
        detail: event.reference,
        at
      })
    case "PaymentDeclined":
      return attempted(payment, "Declined", { kind: "charge", outcome: "Declined", detail: event.code, at })
    case "PaymentFailed":
      return attempted(payment, "Failed", { kind: "charge", outcome: "Refused", detail: event.detail, at })
    case "PaymentOutcomeUnknown":
      return attempted(payment, "Unknown", { kind: "charge", outcome: "Unknown", detail: event.detail, at })
    case "PaymentVoidRequested":
      return { ...payment, release: event.reason }
    case "PaymentVoided":
      return attempted(payment, "Voided", { kind: "void", outcome: "Voided", detail: null, at })
    case "RefundRequested":
      return { ...payment, status: "RefundRequested", release: event.reason }
    case "RefundDelayed":
      return attempted(payment, "RefundRequested", {
        kind: "refund",
        outcome: "NotYet",
        detail: event.detail,
        at
      })
    case "PaymentRefunded":
      return attempted(payment, "Refunded", {
        kind: "refund",
        outcome: "Refunded",
        detail: event.reference,
        at
      })
  }
}

export const paymentDecider: Decider<PaymentCommand, PaymentEvent, PaymentState, PaymentRejection> = {
  initial: { _tag: "Empty" },

  decide: (command, state) => {
    switch (command._tag) {
      case "RequestPayment": {
        const { amount, goods } = command
        if (state._tag === "Empty") return accept(PaymentRequested.make({ ...about(command), amount, goods }))
        if (state._tag === "Tombstone") return accept()
        const same = state.amount.amount === amount.amount && state.amount.currency === amount.currency
        return same ? accept() : Either.left(new PaymentMismatch({ amount: state.amount }))
      }
      case "ReleasePayment":
        if (state._tag === "Empty") return accept(PaymentVoided.make(about(command)))
        return state._tag === "Tombstone" ? accept() : release(command, state)
      case "RecordCharge":
        return state._tag === "Payment" ? recordCharge(command, state) : Either.left(new PaymentNotFound())
      case "RecordVoid":
        if (state._tag !== "Payment") return Either.left(new PaymentNotFound())
        return open(state) && state.release !== null ? accept(PaymentVoided.make(about(command))) : accept()
      case "RecordRefund":
        return state._tag === "Payment" ? recordRefund(command, state) : Either.left(new PaymentNotFound())
    }
  },

  evolve: (state, event) => {
    if (state._tag === "Payment") return evolvePayment(state, event)
    const { at, orderId, paymentId } = event
    if (event._tag === "PaymentVoided") return { _tag: "Tombstone", paymentId, orderId }
    if (event._tag !== "PaymentRequested" || state._tag === "Tombstone") return state
    return {
      _tag: "Payment",
      paymentId,
      orderId,
      amount: event.amount,
      goods: event.goods,
      status: "Requested",
      release: null,
      attempts: [],
      requestedAt: at
    }
  }
}
