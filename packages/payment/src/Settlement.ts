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
import {
  type InquiryReply,
  PaymentProvider,
  type ProviderFailure,
  ProviderSilent
} from "./PaymentProvider.ts"

/** `first`: nobody has asked the provider about this payment before, so a refusal is the final word. */
export type Turn = "first" | "again"

const attemptTimeout = "3 seconds"

const bounded = (text: string) => text.slice(0, 500)

const silent = (failure: ProviderFailure): ChargeOutcome => ({
  _tag: "Silent",
  detail: bounded(failure.detail)
})
const refused = (failure: ProviderFailure): ChargeOutcome =>
  failure._tag === "ProviderRefused" ? { _tag: "Refused", detail: bounded(failure.detail) } : silent(failure)

const outcomeOf = (reply: Exclude<InquiryReply, { readonly _tag: "NotFound" }>): ChargeOutcome => {
  switch (reply._tag) {
    case "Captured":
    case "Refunded":
      return { _tag: "Captured", reference: bounded(reply.reference) }
    case "Declined":
      return { _tag: "Declined", code: bounded(reply.code) }
    case "Voided":
      return { _tag: "Declined", code: "voided" }
  }
}

export const make = (payment: Aggregate<PaymentCommand, PaymentState, PaymentRejection>) =>
  Effect.map(PaymentProvider, (provider) => {
    const attempt = <A>(call: Effect.Effect<A, ProviderFailure>) =>
      Effect.timeoutFail(call, {
        duration: attemptTimeout,
        onTimeout: () => new ProviderSilent({ detail: `no answer within ${attemptTimeout}` })
      })

    const charge = ({ amount, orderId, paymentId }: Payment) =>
      Effect.map(attempt(provider.charge({ key: paymentId, orderId, amount })), outcomeOf)

    const inquireOrCharge = (open: Payment) =>
      Effect.flatMap(
        attempt(provider.inquire(open.paymentId)),
        (reply) => reply._tag === "NotFound" ? charge(open) : Effect.succeed(outcomeOf(reply))
      )

    const refund = (owed: Payment): Effect.Effect<RefundOutcome> =>
      attempt(provider.refund(owed.paymentId)).pipe(
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
        if (open.release === null) {
          const outcome = turn === "first"
            ? Effect.catchAll(charge(open), (failure) => Effect.succeed(refused(failure)))
            : Effect.catchAll(inquireOrCharge(open), (failure) => Effect.succeed(silent(failure)))
          return RecordCharge.make({ ...about, outcome: yield* outcome })
        }
        const reply = yield* Effect.option(attempt(provider.void(open.paymentId)))
        if (reply._tag === "None") return undefined
        return reply.value._tag === "Voided"
          ? RecordVoid.make(about)
          : RecordCharge.make({ ...about, outcome: outcomeOf(reply.value) })
      })

    const isOpen = (state: PaymentState): state is Payment =>
      state._tag === "Payment" &&
      (state.status === "Requested" || state.status === "Unknown" || state.status === "RefundRequested")

    /** Takes an open payment as far as the provider lets it; what stays open is for the reminder. */
    const settle = (
      snapshot: Snapshot<PaymentState>,
      meta: CommandMeta.CommandMeta,
      turn: Turn
    ): Effect.Effect<Snapshot<PaymentState>, PaymentRejection | EventStoreUnavailable> =>
      Effect.gen(function*() {
        const { state, version } = snapshot
        if (!isOpen(state)) return snapshot
        const command = yield* step(state, turn)(yield* CommandMeta.follow(meta, `settle/${version}`))
        if (command === undefined) return snapshot
        const settled = yield* payment.execute(command)
        const owesRefund = settled.state._tag === "Payment" && settled.state.status === "RefundRequested"
        return owesRefund && state.status !== "RefundRequested"
          ? yield* settle(settled, meta, "again")
          : settled
      })

    return settle
  })
