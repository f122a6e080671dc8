/** Orders, payments, deliveries and the provider's ledger, read whole and joined by payment. */
import { deliveryCodec } from "@saucier/delivery/DeliveryCodec"
import { deliveryDecider } from "@saucier/delivery/DeliveryDecider"
import type { RecordedEvent } from "@saucier/eventsourcing/Event"
import type { PaymentId } from "@saucier/kernel/Ids"
import * as Ids from "@saucier/kernel/Ids"
import { orderCodec } from "@saucier/order/OrderCodec"
import { orderDecider } from "@saucier/order/OrderDecider"
import type { PaymentEvent } from "@saucier/payment/Payment"
import { paymentCodec } from "@saucier/payment/PaymentCodec"
import { paymentDecider } from "@saucier/payment/PaymentDecider"
import type { LedgerLine } from "@saucier/payment/ProviderLedger"
import * as Chunk from "effect/Chunk"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Reconciliation from "./Reconciliation.ts"

/** The ledger first: what it does not hold yet may be in the logs, never the other way round for long. */
export const Book = Schema.Literal("provider", "payment", "delivery", "order")
export type Book = typeof Book.Type

export interface Books {
  readonly entries: ReadonlyMap<PaymentId, Reconciliation.Entry>
  /** Lines of the ledger whose key is no payment of ours. */
  readonly strangers: ReadonlyArray<LedgerLine>
}

export interface Sources<E> {
  readonly ledger: Stream.Stream<LedgerLine, E>
  readonly log: (context: Exclude<Book, "provider">) => Stream.Stream<RecordedEvent, E>
  /** Told after each page how many lines and events have been read of which book. */
  readonly counted: (book: Book, entries: number) => Effect.Effect<void>
}

/** A book may be damaged, so nothing can be compared. */
export class EventUnreadable extends Data.TaggedError("EventUnreadable")<{ readonly event: string }> {
  override get message() {
    return `${this.event} cannot be read: its books may be damaged, so nothing was compared`
  }
}

const blank: Reconciliation.Entry = {
  order: undefined,
  payment: paymentDecider.initial,
  delivery: deliveryDecider.initial,
  charge: Reconciliation.noCharge,
  at: 0
}

const isPaymentId = Schema.is(Ids.PaymentId)
const isOrderId = Schema.is(Ids.OrderId)
const isDeliveryId = Schema.is(Ids.DeliveryId)

/** The name of a stream is its kind and its id. */
const idOf = ({ streamId }: RecordedEvent) => streamId.slice(streamId.indexOf("-") + 1)

/** Trying in vain, and looking, changes nothing: what is owed is as old as before. */
const still: ReadonlySet<string> = new Set<PaymentEvent["_tag"]>([
  "RefundDelayed",
  "PaymentAttentionRaised",
  "PaymentAttentionCleared"
])

type Change = (entry: Reconciliation.Entry) => Partial<Reconciliation.Entry>

/** Attempts and stages do not matter here, and a log may hold a million of them. */
const changes = {
  payment: (recorded: RecordedEvent) =>
    Either.map(paymentCodec.decode(recorded), (event): Change => ({ payment }) => {
      const state = paymentDecider.evolve(payment, event)
      return { payment: state._tag === "Payment" ? { ...state, attempts: [] } : state }
    }),
  delivery: (recorded: RecordedEvent) =>
    Either.map(deliveryCodec.decode(recorded), (event): Change => ({ delivery }) => {
      const state = deliveryDecider.evolve(delivery, event)
      return { delivery: state._tag === "Delivery" ? { ...state, stages: [] } : state }
    }),
  order: (recorded: RecordedEvent) =>
    Either.map(orderCodec.decode(recorded), (event): Change => ({ order }) => {
      const state = orderDecider.evolve(order ?? orderDecider.initial, event)
      return state._tag === "Order" ? { order: state } : {}
    })
}

const paymentOf = (recorded: RecordedEvent): PaymentId | undefined => {
  const id = idOf(recorded)
  if (isPaymentId(id)) return id
  if (isOrderId(id)) return Ids.paymentIdOf(id)
  return isDeliveryId(id) ? Ids.paymentIdOf(Ids.orderIdOf(id)) : undefined
}

/** A page is taken at once; whoever gives the pages decides what rests in between. */
export const read = <E>({ counted, ledger, log }: Sources<E>): Effect.Effect<Books, E | EventUnreadable> =>
  Effect.gen(function*() {
    const entries = new Map<PaymentId, Reconciliation.Entry>()
    const strangers: Array<LedgerLine> = []
    const note = (id: PaymentId, at: number, change: Change) => {
      const entry = entries.get(id) ?? blank
      entries.set(id, { ...entry, ...change(entry), at: Math.max(entry.at, at) })
    }
    const byPage = <A>(
      book: Book,
      stream: Stream.Stream<A, E>,
      take: (item: A) => EventUnreadable | undefined
    ) => {
      let count = 0
      return Stream.runForEachChunk(stream, (page) =>
        Effect.suspend(() => {
          for (const item of page) {
            const unreadable = take(item)
            if (unreadable !== undefined) return unreadable
          }
          count += Chunk.size(page)
          return counted(book, count)
        }))
    }
    const events = (context: Exclude<Book, "provider">) =>
      byPage(context, log(context), (recorded) => {
        const id = paymentOf(recorded)
        if (id === undefined) return undefined
        const change = changes[context](recorded)
        const { occurredAt, streamId, type, version } = recorded
        if (Either.isLeft(change)) return new EventUnreadable({ event: `${streamId} ${type} v${version}` })
        note(id, still.has(type) ? 0 : occurredAt, change.right)
        return undefined
      })

    yield* byPage("provider", ledger, (line) => {
      const { at, key } = line
      if (isPaymentId(key)) {
        note(key, at.epochMillis, ({ charge }) => ({ charge: Reconciliation.charged(charge, line) }))
      } else strangers.push(line)
      return undefined
    })
    yield* events("payment")
    yield* events("delivery")
    yield* events("order")
    return { entries, strangers }
  })
