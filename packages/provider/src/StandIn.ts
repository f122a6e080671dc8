/**
 * A payment provider for laptops, demos and tests. It stands where a bank would, so it keeps a durable ledger of its own
 * (the EventStore it is given must be no context's), is idempotent by key, and finishes what has reached it, whether or
 * not the caller still waits.
 */
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import { CommandId, type CommandMeta } from "@saucier/kernel/CommandMeta"
import * as TypeId from "@saucier/kernel/TypeId"
import {
  type ChargeReply,
  type InquiryReply,
  PaymentProvider,
  type ProviderFailure,
  ProviderRefused,
  ProviderSilent,
  type RefundReply,
  type VoidReply
} from "@saucier/payment/PaymentProvider"
import { ProviderPresets } from "@saucier/payment/ProviderPresets"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as Desk from "./Desk.ts"
import { ledgerCodec, type LedgerCommand, ledgerDecider, type LedgerEntry, streamOf } from "./Ledger.ts"
import * as News from "./News.ts"
import { latency } from "./Presets.ts"

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

const hangs = "30 seconds"

const silent = (error: { readonly message: string }) => new ProviderSilent({ detail: error.message })

const make = (options: Desk.Options) =>
  Effect.gen(function*() {
    const store = yield* EventStore
    const presets = yield* ProviderPresets
    const scope = yield* Effect.scope
    const queued = yield* Desk.make(options)
    const tell = yield* News.make

    const entry = (key: string) =>
      Aggregate.make(streamOf(key), ledgerDecider, ledgerCodec).pipe(Effect.provideService(EventStore, store))

    /** Goes on when the caller has left. */
    const atTheBank = <A>(work: Effect.Effect<A, ProviderFailure>) =>
      Effect.flatMap(Effect.forkIn(work, scope), Fiber.join)

    const answer = <A>(work: Effect.Effect<A, ProviderFailure>): Effect.Effect<A, ProviderFailure> =>
      Effect.gen(function*() {
        const { preset } = yield* presets.get
        if (preset === "down") return yield* new ProviderRefused({ detail: "connection refused" })
        if (preset === "instant") return yield* Effect.uninterruptible(work)
        const [from, to] = latency[preset]
        const wait = to > 0 ? Effect.flatMap(Random.nextIntBetween(from, to), Effect.sleep) : Effect.void
        const served = queued(Effect.zipRight(wait, work))
        return yield* atTheBank(preset === "hang" ? Effect.delay(served, hangs) : served)
      })

    const write = (key: string, kind: string, command: (meta: CommandMeta) => LedgerCommand) =>
      Effect.gen(function*() {
        const charge = yield* entry(key)
        const before = yield* charge.current
        const meta = yield* metaFor(key, kind)
        const { state, version } = yield* charge.execute(command(meta))
        if (version > before.version) yield* tell(key, state, version, meta.at)
        return replyOf(key, state)
      }).pipe(Effect.mapError(silent))

    const losesReply = Effect.gen(function*() {
      const { lostReplyRate, preset } = yield* presets.get
      return preset === "lost-reply" || (lostReplyRate > 0 && (yield* Random.next) < lostReplyRate)
    })

    return PaymentProvider.of({
      charge: ({ amount, key, orderId }) =>
        answer(Effect.gen(function*() {
          const declines = (yield* presets.get).preset === "decline"
          const reply = yield* write(key, "charge", (meta) =>
            declines
              ? { _tag: "RecordDecline", meta, orderId, code: "card_declined" }
              : { _tag: "RecordCapture", meta, orderId, amount })
          if (reply._tag === "Captured" && (yield* losesReply)) {
            return yield* new ProviderSilent({ detail: "the connection broke" })
          }
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
          Effect.map(
            write(key, "void", (meta) => ({ _tag: "Void", meta })),
            (reply): VoidReply => reply._tag === "NotFound" ? { _tag: "Voided" } : reply
          )
        ),
      refund: (key) =>
        answer(
          Effect.map(
            write(key, "refund", (meta) => ({ _tag: "Refund", meta })),
            (reply): RefundReply => reply._tag === "Refunded" ? reply : { _tag: "NotFound" }
          )
        )
    })
  })

export const layerWith = (options: Desk.Options) => Layer.scoped(PaymentProvider, make(options))

export const layer = layerWith({ capacity: 64, waiting: 1_000 })
