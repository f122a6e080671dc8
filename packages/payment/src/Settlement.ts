/**
 * What a payment owes the provider, and the exchange that settles it. The intent is recorded before the provider is
 * asked and the outcome after, never in one transaction, so a crash in between is an open payment that is asked about.
 * Only a request while nobody may be asked has both at once.
 */
import type { Aggregate, Snapshot } from "@saucier/eventsourcing/Aggregate"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Monotonic from "@saucier/eventsourcing/Monotonic"
import * as CommandMeta from "@saucier/kernel/CommandMeta"
import type { PaymentId } from "@saucier/kernel/Ids"
import * as TypeId from "@saucier/kernel/TypeId"
import * as Effect from "effect/Effect"
import {
  type ChargeOutcome,
  isMadeSureOf,
  type Payment,
  type PaymentCommand,
  type PaymentRejection,
  type PaymentState,
  RecordCharge,
  RecordRefund,
  RecordVoid,
  type RefundOutcome,
  type Refused
} from "./Payment.ts"
import {
  type InquiryReply,
  PaymentProvider,
  type ProviderFailure,
  type ProviderRefused
} from "./PaymentProvider.ts"

/** `first`: nobody has asked the provider about this payment before, so a refusal is the final word. */
export type Turn = "first" | "again"

const bounded = (text: string) => text.slice(0, 500)

const byOf = (failure: ProviderFailure) =>
  failure._tag === "ProviderRefused" ? { by: failure.by ?? "provider" } : {}

const silent = (failure: ProviderFailure): ChargeOutcome => ({
  _tag: "Silent",
  detail: bounded(failure.detail),
  ...byOf(failure)
})

/** What a refusal means for a charge: nobody was charged. */
export const refusalOf = (failure: ProviderRefused): Refused => ({
  _tag: "Refused",
  detail: bounded(failure.detail),
  ...byOf(failure)
})

const refused = (failure: ProviderFailure): ChargeOutcome =>
  failure._tag === "ProviderRefused" ? refusalOf(failure) : silent(failure)

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

const isOpen = (payment: Payment) =>
  payment.status === "Requested" || payment.status === "Unknown" || payment.status === "RefundRequested" ||
  isMadeSureOf(payment)

const hasEnded = ({ status }: Payment) => status === "Declined" || status === "Failed" || status === "Voided"

/** What one exchange came to is a fact of its own, also beside what another runner has learnt of the same request. */
const ownMeta = (meta: CommandMeta.CommandMeta) =>
  Effect.flatMap(TypeId.generate, (id) => CommandMeta.follow(meta, `settle/${id}`))

export const make = (payment: Aggregate<PaymentCommand, PaymentState, PaymentRejection>) =>
  Effect.map(PaymentProvider, (provider) => {
    const charge = (open: Payment) => {
      const { amount, orderId, paymentId } = open
      return Effect.map(
        provider.charge({ key: paymentId, orderId, amount }),
        (reply) => outcomeOf(open, reply)
      )
    }

    /** For money that went back without our asking no goods may go out: it counts as refused. */
    const inquireOrCharge = (open: Payment) =>
      Effect.flatMap(
        provider.inquire(open.paymentId),
        (reply): Effect.Effect<ChargeOutcome, ProviderFailure> => {
          if (reply._tag === "NotFound") return charge(open)
          return Effect.succeed(
            reply._tag === "Refunded" ? { _tag: "Declined", code: "refunded" } : outcomeOf(open, reply)
          )
        }
      )

    const refund = (owed: Payment): Effect.Effect<RefundOutcome> =>
      provider.refund(owed.paymentId).pipe(
        Effect.map((reply): RefundOutcome =>
          reply._tag === "Refunded"
            ? { _tag: "Refunded", reference: bounded(reply.reference) }
            : { _tag: "NotYet", detail: "the provider knows no such capture" }
        ),
        Effect.catchAll((failure) =>
          Effect.succeed<RefundOutcome>({
            _tag: "NotYet",
            detail: bounded(failure.detail),
            ...byOf(failure)
          })
        )
      )

    /** The exchange comes first: what is recorded of it carries the time at which its outcome was known. */
    const step = (open: Payment, turn: Turn, cause: CommandMeta.CommandMeta) =>
      Effect.gen(function*() {
        const startedAt = yield* Monotonic.millis
        const told = Effect.gen(function*() {
          const took = (yield* Monotonic.millis) - startedAt
          return { meta: yield* ownMeta(cause), paymentId: open.paymentId, orderId: open.orderId, took }
        })
        if (open.status === "RefundRequested") {
          const outcome = yield* refund(open)
          return RecordRefund.make({ ...(yield* told), outcome })
        }
        if (open.release === null) {
          const outcome = turn === "first"
            ? yield* Effect.catchAll(charge(open), (failure) => Effect.succeed(refused(failure)))
            : yield* Effect.catchAll(inquireOrCharge(open), (failure) => Effect.succeed(silent(failure)))
          return RecordCharge.make({ ...(yield* told), outcome })
        }
        const reply = yield* Effect.either(provider.void(open.paymentId))
        const about = yield* told
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
        const { state } = snapshot
        if (state._tag !== "Payment" || !isOpen(state)) return snapshot
        const command = yield* step(state, turn, meta)
        const settled = yield* payment.execute(command)
        const owesRefund = settled.state._tag === "Payment" && settled.state.status === "RefundRequested"
        return owesRefund && state.status !== "RefundRequested"
          ? yield* settle(settled, meta, "again")
          : settled
      })

    /** Asks also about a payment that came to nothing: a hint that leads back to it must not be lost. */
    const inquire = (
      snapshot: Snapshot<PaymentState>,
      meta: CommandMeta.CommandMeta
    ): Effect.Effect<Snapshot<PaymentState>, PaymentRejection | EventStoreUnavailable | ProviderFailure> =>
      Effect.gen(function*() {
        const { state } = snapshot
        if (state._tag !== "Payment" || !hasEnded(state) || isOpen(state)) {
          return yield* settle(snapshot, meta, "again")
        }
        const reply = yield* provider.inquire(state.paymentId)
        if (reply._tag === "NotFound") return snapshot
        const { orderId, paymentId } = state
        const told = { meta: yield* ownMeta(meta), paymentId, orderId, outcome: outcomeOf(state, reply) }
        return yield* settle(yield* payment.execute(RecordCharge.make(told)), meta, "again")
      })

    /** Of a payment without any record the provider keeps nothing, and takes no charge that is still on its way. */
    const giveBack = (key: PaymentId): Effect.Effect<void, ProviderFailure> =>
      Effect.flatMap(
        provider.void(key),
        (reply) => reply._tag === "Captured" ? Effect.asVoid(provider.refund(key)) : Effect.void
      )

    return { settle, inquire, giveBack }
  })
