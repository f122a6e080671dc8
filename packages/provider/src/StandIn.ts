/**
 * A payment provider for laptops, demos and tests, in this process. It stands where a bank would, so it keeps a durable
 * ledger of its own (the EventStore it is given must be no context's) and is idempotent by key.
 */
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import { StreamId } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import { CommandId, type CommandMeta } from "@saucier/kernel/CommandMeta"
import * as TypeId from "@saucier/kernel/TypeId"
import {
  type ChargeReply,
  type InquiryReply,
  PaymentProvider,
  ProviderRefused,
  ProviderSilent,
  type RefundReply,
  type VoidReply
} from "@saucier/payment/PaymentProvider"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as Ref from "effect/Ref"
import { ledgerCodec, type LedgerCommand, ledgerDecider, type LedgerEntry } from "./Ledger.ts"
import { latency, ProviderPreset } from "./Preset.ts"

const metaFor = (key: string, kind: string): Effect.Effect<CommandMeta> =>
  Effect.map(DateTime.now, (at) => ({
    commandId: CommandId.make(`${kind}:${key}`),
    correlationId: key,
    causationId: null,
    actor: "provider",
    at
  }))

const reference = (kind: "cap" | "ref", key: string) => `${kind}_${TypeId.suffixOf(key)}`

const replyOf = (key: string, entry: LedgerEntry): InquiryReply => {
  switch (entry._tag) {
    case "None":
      return { _tag: "NotFound" }
    case "Captured":
      return { _tag: "Captured", reference: reference("cap", key), amount: entry.amount }
    case "Declined":
      return { _tag: "Declined", code: entry.code }
    case "Voided":
      return { _tag: "Voided" }
    case "Refunded":
      return { _tag: "Refunded", reference: reference("ref", key) }
  }
}

const make = Effect.gen(function*() {
  const store = yield* EventStore
  const preset = yield* ProviderPreset

  const entry = (key: string) =>
    Aggregate.make(StreamId.make(`charge-${key}`), ledgerDecider, ledgerCodec).pipe(
      Effect.provideService(EventStore, store)
    )

  const silent = (error: { readonly message: string }) => new ProviderSilent({ detail: error.message })

  const answer = <A>(reply: Effect.Effect<A, ProviderSilent>) =>
    Effect.gen(function*() {
      const current = yield* Ref.get(preset)
      if (current === "down") return yield* new ProviderRefused({ detail: "connection refused" })
      const [from, to] = latency[current]
      if (to > 0) yield* Effect.sleep(yield* Random.nextRange(from, to))
      return yield* reply
    })

  const write = (key: string, kind: string, command: (meta: CommandMeta) => LedgerCommand) =>
    Effect.gen(function*() {
      const charge = yield* entry(key)
      const { state } = yield* charge.execute(command(yield* metaFor(key, kind)))
      return replyOf(key, state)
    }).pipe(Effect.mapError(silent))

  return PaymentProvider.of({
    charge: ({ amount, key, orderId }) =>
      answer(Effect.gen(function*() {
        const declines = (yield* Ref.get(preset)) === "decline"
        const reply = yield* write(key, "charge", (meta) =>
          declines
            ? { _tag: "RecordDecline", meta, orderId, code: "card_declined" }
            : { _tag: "RecordCapture", meta, orderId, amount })
        return reply._tag === "NotFound" || reply._tag === "Refunded"
          ? { _tag: "Declined", code: "already_refunded" } satisfies ChargeReply
          : reply
      })),
    inquire: (key) =>
      answer(
        Effect.flatMap(entry(key), (charge) =>
          charge.current.pipe(
            Effect.map(({ state }) => replyOf(key, state)),
            Effect.mapError(silent)
          ))
      ),
    void: (key) =>
      answer(
        Effect.map(write(key, "void", (meta) => ({ _tag: "Void", meta })), (reply): VoidReply =>
          reply._tag === "NotFound" ? { _tag: "Voided" } : reply)
      ),
    refund: (key) =>
      answer(
        Effect.map(write(key, "refund", (meta) => ({ _tag: "Refund", meta })), (reply): RefundReply =>
          reply._tag === "Refunded" ? reply : { _tag: "NotFound" })
      )
  })
})

export const layer = Layer.effect(PaymentProvider, make)
