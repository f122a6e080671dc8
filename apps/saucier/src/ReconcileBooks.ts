/** Orders, payments and the provider's ledger, read whole through the operators' API and joined by payment. */
import * as Reconciliation from "@saucier/assembly/Reconciliation"
import type { PaymentId } from "@saucier/kernel/Ids"
import * as Ids from "@saucier/kernel/Ids"
import { orderCodec } from "@saucier/order/OrderCodec"
import { orderDecider } from "@saucier/order/OrderDecider"
import type { PaymentEvent } from "@saucier/payment/Payment"
import { paymentCodec } from "@saucier/payment/PaymentCodec"
import { paymentDecider } from "@saucier/payment/PaymentDecider"
import type { LedgerLine } from "@saucier/payment/ProviderLedger"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { CommandFailed } from "./CommandFailed.ts"
import * as EventPages from "./EventPages.ts"
import type { LoggedEvent } from "./EventPages.ts"
import type { Server } from "./Server.ts"
import type { Texts } from "./TextsEn.ts"

export interface Books {
  readonly entries: ReadonlyMap<PaymentId, Reconciliation.Entry>
  /** Keys of the ledger that are no payment of ours. */
  readonly strangers: ReadonlyArray<LedgerLine>
}

const blank: Reconciliation.Entry = {
  order: undefined,
  payment: paymentDecider.initial,
  charge: Reconciliation.noCharge,
  at: 0
}

const ledger = (server: Server) =>
  Stream.paginateChunkEffect("", (after) =>
    Effect.map(
      server.ask(server.api.operator.providerLedger({ urlParams: { after, limit: 200 } })),
      ({ items, next }) => [Chunk.unsafeFromArray(items), Option.fromNullable(next)]
    ))

const isPaymentId = Schema.is(Ids.PaymentId)
const isOrderId = Schema.is(Ids.OrderId)

/** The name of a stream is its kind and its id. */
const idOf = ({ streamId }: LoggedEvent) => streamId.slice(streamId.indexOf("-") + 1)

/** Trying in vain, and looking, changes nothing: what is owed is as old as before. */
const still: ReadonlySet<string> = new Set<PaymentEvent["_tag"]>([
  "RefundDelayed",
  "PaymentAttentionRaised",
  "PaymentAttentionCleared"
])

export const read = (texts: Texts, server: Server, counted: () => void) =>
  Effect.gen(function*() {
    const unreadable = ({ streamId, type, version }: LoggedEvent) =>
      new CommandFailed({
        exitCode: ExitCode.failure,
        message: texts.reconcile.unreadable(`${streamId} ${type} v${version}`)
      })
    const entries = new Map<PaymentId, Reconciliation.Entry>()
    const strangers: Array<LedgerLine> = []
    const note = (
      id: PaymentId,
      at: number,
      change: (entry: Reconciliation.Entry) => Partial<Reconciliation.Entry>
    ) => {
      const entry = entries.get(id) ?? blank
      entries.set(id, { ...entry, ...change(entry), at: Math.max(entry.at, at) })
      counted()
    }

    yield* Stream.runForEach(ledger(server), (line) =>
      Effect.sync(() => {
        if (!isPaymentId(line.key)) return void strangers.push(line)
        note(
          line.key,
          line.at.epochMillis,
          ({ charge }) => ({ charge: Reconciliation.charged(charge, line) })
        )
      }))

    yield* Stream.runForEach(EventPages.read(server, "payment"), (recorded) =>
      Effect.gen(function*() {
        const id = idOf(recorded)
        if (!isPaymentId(id)) return
        const event = yield* Effect.mapError(paymentCodec.decode(recorded), () => unreadable(recorded))
        const at = still.has(event._tag) ? 0 : recorded.occurredAt
        note(id, at, ({ payment }) => ({ payment: paymentDecider.evolve(payment, event) }))
      }))

    yield* Stream.runForEach(EventPages.read(server, "order"), (recorded) =>
      Effect.gen(function*() {
        const id = idOf(recorded)
        if (!isOrderId(id)) return
        const event = yield* Effect.mapError(orderCodec.decode(recorded), () => unreadable(recorded))
        note(Ids.paymentIdOf(id), recorded.occurredAt, ({ order }) => {
          const state = orderDecider.evolve(order ?? orderDecider.initial, event)
          return state._tag === "Order" ? { order: state } : {}
        })
      }))

    const books: Books = { entries, strangers }
    return books
  })
