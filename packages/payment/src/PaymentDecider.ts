import type { Decider } from "@saucier/eventsourcing/Decider"
import type { Money } from "@saucier/kernel/Money"
import * as DateTime from "effect/DateTime"
import * as Either from "effect/Either"
import {
  type Attempt,
  type ChargeOutcome,
  isDoubtful,
  isMadeSureOf,
  type Payment,
  PaymentAttentionCleared,
  PaymentAttentionRaised,
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
  RefundRequested,
  type Refuser
} from "./Payment.ts"

type Decision = Either.Either<ReadonlyArray<PaymentEvent>, PaymentRejection>
type Command<Tag extends PaymentCommand["_tag"]> = Extract<PaymentCommand, { readonly _tag: Tag }>

const accept = (...events: ReadonlyArray<PaymentEvent>): Decision => Either.right(events)

const about = (command: PaymentCommand) => ({
  at: command.meta.at,
  paymentId: command.paymentId,
  orderId: command.orderId
})

const told = ({ took }: { readonly took?: number }) => (took === undefined ? {} : { took })

const refused = ({ by, detail }: { readonly by?: Refuser; readonly detail: string }) => ({
  detail,
  ...(by === undefined ? {} : { by })
})

const open = (payment: Payment) => payment.status === "Requested" || payment.status === "Unknown"

const never = (payment: Payment) =>
  payment.status === "Declined" || payment.status === "Failed" || payment.status === "Voided"

const same = (a: Money, b: Money) => a.amount === b.amount && a.currency === b.currency

const raise = (command: PaymentCommand, payment: Payment, reason: string): ReadonlyArray<PaymentEvent> =>
  payment.attention === reason || payment.acknowledged === reason
    ? []
    : [PaymentAttentionRaised.make({ ...about(command), reason })]

/** Milliseconds for which the provider may leave a payment, a void or a refund open before somebody has to look. */
export const patience = 60_000

const waited = (command: PaymentCommand, payment: Payment, reason: string): ReadonlyArray<PaymentEvent> =>
  payment.attention === null && DateTime.distance(payment.waitingSince, command.meta.at) >= patience
    ? raise(command, payment, reason)
    : []

const mismatch = (told: Money, known: Money) =>
  `the provider took ${told.amount} ${told.currency}, not ${known.amount} ${known.currency}`

/** Money that arrives although the payment was over, or is not wanted any more, goes straight back. */
const captured = (
  command: Command<"RecordCharge">,
  { amount, reference }: Extract<ChargeOutcome, { readonly _tag: "Captured" }>,
  payment: Payment
): Decision => {
  if (!open(payment) && !never(payment)) return accept()
  const { goods, release } = payment
  const wanted = open(payment) && release === null
  if (wanted && !same(amount, payment.amount)) {
    return accept(...raise(command, payment, mismatch(amount, payment.amount)))
  }
  const capture = PaymentCaptured.make({
    ...about(command),
    amount,
    goods,
    reference,
    wanted,
    ...told(command)
  })
  if (wanted) return accept(capture)
  const reason = release ?? "captured after the payment had ended"
  return accept(capture, RefundRequested.make({ ...about(command), amount, reason }))
}

const recordCharge = (command: Command<"RecordCharge">, payment: Payment): Decision => {
  const { outcome } = command
  switch (outcome._tag) {
    case "Captured":
      return captured(command, outcome, payment)
    case "Declined":
      if (isMadeSureOf(payment)) return accept(PaymentVoided.make({ ...about(command), ...told(command) }))
      return open(payment)
        ? accept(PaymentDeclined.make({ ...about(command), code: outcome.code, ...told(command) }))
        : accept()
    case "Refused":
      return payment.status === "Requested" && payment.release === null
        ? accept(PaymentFailed.make({ ...about(command), ...refused(outcome), ...told(command) }))
        : accept()
    case "Silent": {
      if (isMadeSureOf(payment)) {
        return accept(...waited(command, payment, "the provider has not told whether it took the money"))
      }
      if (!open(payment)) return accept()
      const silence = payment.status === "Requested"
        ? [PaymentOutcomeUnknown.make({ ...about(command), ...refused(outcome), ...told(command) })]
        : []
      return accept(...silence, ...waited(command, payment, "the provider has not told the outcome"))
    }
  }
}

const taken = ({ amount, captured }: Payment): Money => captured ?? amount

const release = (command: Command<"ReleasePayment">, payment: Payment): Decision => {
  if (payment.release !== null) return accept()
  if (open(payment) || isDoubtful(payment)) {
    return accept(PaymentVoidRequested.make({ ...about(command), reason: command.reason }))
  }
  if (payment.status !== "Captured") return accept()
  return accept(RefundRequested.make({ ...about(command), amount: taken(payment), reason: command.reason }))
}

/** A provider that stays away for days is asked again and again, but not every refusal is worth an event. */
const recordedAttempts = 20

const recordRefund = (command: Command<"RecordRefund">, payment: Payment): Decision => {
  if (payment.status !== "RefundRequested") return accept()
  const { outcome } = command
  if (outcome._tag === "Refunded") {
    const { reference } = outcome
    return accept(
      PaymentRefunded.make({ ...about(command), amount: taken(payment), reference, ...told(command) })
    )
  }
  const delayed = payment.attempts.length < recordedAttempts
    ? [RefundDelayed.make({ ...about(command), ...refused(outcome), ...told(command) })]
    : []
  return accept(
    ...delayed,
    ...waited(command, payment, "the provider has not given the money back")
  )
}

const attempted = (
  payment: Payment,
  status: Payment["status"],
  attempt: Attempt
): Payment => ({
  ...payment,
  status,
  attempts: [...payment.attempts, attempt],
  attention: status === "Unknown" || status === "RefundRequested" ? payment.attention : null
})

const evolvePayment = (payment: Payment, event: PaymentEvent): Payment => {
  const { at } = event
  switch (event._tag) {
    case "PaymentRequested":
      return payment
    case "PaymentCaptured":
      return attempted({ ...payment, captured: event.amount }, "Captured", {
        kind: "charge",
        outcome: "Captured",
        detail: event.reference,
        at
      })
    case "PaymentDeclined":
      return attempted(payment, "Declined", { kind: "charge", outcome: "Declined", detail: event.code, at })
    case "PaymentFailed": {
      const outcome = event.took === undefined ? "NotAsked" : "Refused"
      return attempted(payment, "Failed", { kind: "charge", outcome, detail: event.detail, at })
    }
    case "PaymentOutcomeUnknown":
      return attempted(payment, "Unknown", { kind: "charge", outcome: "Unknown", detail: event.detail, at })
    case "PaymentVoidRequested": {
      const waitingSince = payment.status === "Failed" ? at : payment.waitingSince
      return { ...payment, release: event.reason, waitingSince }
    }
    case "PaymentVoided": {
      const status = payment.status === "Failed" ? "Failed" : "Voided"
      return attempted(payment, status, { kind: "void", outcome: "Voided", detail: null, at })
    }
    case "RefundRequested":
      return { ...payment, status: "RefundRequested", release: event.reason, waitingSince: at }
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
    case "PaymentAttentionRaised":
      return { ...payment, attention: event.reason }
    case "PaymentAttentionCleared":
      return { ...payment, attention: null, acknowledged: payment.attention }
  }
}

export const paymentDecider: Decider<PaymentCommand, PaymentEvent, PaymentState, PaymentRejection> = {
  initial: { _tag: "Empty" },

  decide: (command, state) => {
    switch (command._tag) {
      case "RequestPayment":
      case "RefusePayment": {
        const { amount, goods } = command
        if (state._tag === "Empty") {
          const requested = PaymentRequested.make({ ...about(command), amount, goods })
          return command._tag === "RequestPayment"
            ? accept(requested)
            : accept(requested, PaymentFailed.make({ ...about(command), ...refused(command.refusal) }))
        }
        if (state._tag === "Tombstone") return accept()
        return same(state.amount, amount)
          ? accept()
          : Either.left(new PaymentMismatch({ amount: state.amount }))
      }
      case "ReleasePayment":
        if (state._tag === "Empty") return accept(PaymentVoided.make(about(command)))
        return state._tag === "Tombstone" ? accept() : release(command, state)
      case "RecordCharge":
        return state._tag === "Payment" ? recordCharge(command, state) : Either.left(new PaymentNotFound())
      case "RecordVoid":
        if (state._tag !== "Payment") return Either.left(new PaymentNotFound())
        return isMadeSureOf(state) || (open(state) && state.release !== null)
          ? accept(PaymentVoided.make({ ...about(command), ...told(command) }))
          : accept()
      case "RecordRefund":
        return state._tag === "Payment" ? recordRefund(command, state) : Either.left(new PaymentNotFound())
      case "ReportAmount": {
        if (state._tag !== "Payment") return Either.left(new PaymentNotFound())
        const { amount } = command
        const known = taken(state)
        return accept(...(same(amount, known) ? [] : raise(command, state, mismatch(amount, known))))
      }
      case "AcknowledgeAttention":
        if (state._tag !== "Payment") return Either.left(new PaymentNotFound())
        return state.attention === null
          ? accept()
          : accept(PaymentAttentionCleared.make({ ...about(command), note: command.note }))
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
      captured: null,
      attention: null,
      acknowledged: null,
      requestedAt: at,
      waitingSince: at
    }
  }
}
