/**
 * What a payment owes the provider, and the exchange that settles it. The intent is recorded before the provider is
 * asked and the outcome after, never in one transaction, so a crash in between is an open payment that is asked about.
 */
import type { Aggregate, Snapshot } from "@saucier/eventsourcing/Aggregate"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as CommandMeta from "@saucier/kernel/CommandMeta"
import * as Effect from "effect/Effect"
import {
  type ChargeOutcome,
  type Payment,
  type PaymentCommand,
  type PaymentRejection,
  type PaymentState,
  RecordCharge,
  RecordRefund,
  RecordVoid,
  type RefundOutcome
} from "./Payment.ts"
import { type InquiryReply, PaymentProvider, type ProviderFailure } from "./PaymentProvider.ts"

/**
 * `first`: nobody has asked the provider about this payment before, so a refusal is the final word. `hinted`: the
 * provider says that something happened, so it is asked even about a payment that had come to nothing.
 */
export type Turn = "first" | "again" | "hinted"

const bounded = (text: string) => text.slice(0, 500)

const silent = (failure: ProviderFailure): ChargeOutcome => ({
  _tag: "Silent",
  detail: bounded(failure.detail)
})
const refused = (failure: ProviderFailure): ChargeOutcome =>
  failure._tag === "ProviderRefused" ? { _tag: "Refused", detail: bounded(failure.detail) } : silent(failure)

/** A refund that the provider knows of was a capture of ours before. */
const outcomeOf = (
  { amount }: Payment,
  reply: Exclude<InquiryReply, { readonly _tag: "NotFound" }>
): ChargeOutcome => {
  switch (reply._tag) {
    case "Captured":
      return { _tag: "Captured", reference: bounded(reply.reference), amount: reply.amount }
    case "Refunded":
      return { _tag: "Captured", reference: bounded(reply.reference), amount }
    case "Declined":
      return { _tag: "Declined", code: bounded(reply.code) }
    case "Voided":
      return { _tag: "Declined", code: "voided" }
  }
}

const isOpen = ({ status }: Payment) =>
  status === "Requested" || status === "Unknown" || status === "RefundRequested"

const hasEnded = ({ status }: Payment) => status === "Declined" || status === "Failed" || status === "Voided"

export const make = (payment: Aggregate<PaymentCommand, PaymentState, PaymentRejection>) =>
  Effect.map(PaymentProvider, (provider) => {
    const charge = (open: Payment) => {
      const { amount, orderId, paymentId } = open
      return Effect.map(
        provider.charge({ key: paymentId, orderId, amount }),
        (reply) => outcomeOf(open, reply)
      )
    }

    const inquireOrCharge = (open: Payment) =>
      Effect.flatMap(
        provider.inquire(open.paymentId),
        (reply) => reply._tag === "NotFound" ? charge(open) : Effect.succeed(outcomeOf(open, reply))
      )

    const inquire = (ended: Payment) =>
      Effect.map(
        provider.inquire(ended.paymentId),
        (reply): ChargeOutcome =>
          reply._tag === "NotFound" ? { _tag: "Silent", detail: "no such charge" } : outcomeOf(ended, reply)
      )

    const refund = (owed: Payment): Effect.Effect<RefundOutcome> =>
      provider.refund(owed.paymentId).pipe(
        Effect.map((reply): RefundOutcome =>
          reply._tag === "Refunded" ? reply : { _tag: "NotYet", detail: "the provider knows no such capture" }
        ),
        Effect.catchAll((failure) =>
          Effect.succeed<RefundOutcome>({ _tag: "NotYet", detail: bounded(failure.detail) })
        )
      )

    const step = (open: Payment, turn: Turn) =>
      Effect.fnUntraced(function*(meta: CommandMeta.CommandMeta) {
        const about = { meta, paymentId: open.paymentId, orderId: open.orderId }
        if (open.status === "RefundRequested") {
          return RecordRefund.make({ ...about, outcome: yield* refund(open) })
        }
        if (hasEnded(open)) {
          const outcome = Effect.catchAll(inquire(open), (failure) => Effect.succeed(silent(failure)))
          return RecordCharge.make({ ...about, outcome: yield* outcome })
        }
        if (open.release === null) {
          const outcome = turn === "first"
            ? Effect.catchAll(charge(open), (failure) => Effect.succeed(refused(failure)))
            : Effect.catchAll(inquireOrCharge(open), (failure) => Effect.succeed(silent(failure)))
          return RecordCharge.make({ ...about, outcome: yield* outcome })
        }
        const reply = yield* Effect.either(provider.void(open.paymentId))
        if (reply._tag === "Left") return RecordCharge.make({ ...about, outcome: silent(reply.left) })
        return reply.right._tag === "Voided"
          ? RecordVoid.make(about)
          : RecordCharge.make({ ...about, outcome: outcomeOf(open, reply.right) })
      })

    /** Takes an open payment as far as the provider lets it; what stays open is for the reminder. */
    const settle = (
      snapshot: Snapshot<PaymentState>,
      meta: CommandMeta.CommandMeta,
      turn: Turn
    ): Effect.Effect<Snapshot<PaymentState>, PaymentRejection | EventStoreUnavailable> =>
      Effect.gen(function*() {
        const { state, version } = snapshot
        if (state._tag !== "Payment") return snapshot
        if (!isOpen(state) && !(turn === "hinted" && hasEnded(state))) return snapshot
        const command = yield* step(state, turn)(yield* CommandMeta.follow(meta, `settle/${version}`))
        const settled = yield* payment.execute(command)
        const owesRefund = settled.state._tag === "Payment" && settled.state.status === "RefundRequested"
        return owesRefund && state.status !== "RefundRequested"
          ? yield* settle(settled, meta, "again")
          : settled
      })

    return settle
  })
