/** The statement of a bank in this process, read from its own log: a page costs what it holds, however long the log is. */
import { Position, type RecordedEvent } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import { ProviderSilent } from "@saucier/payment/PaymentProvider"
import type { ProviderEventType } from "@saucier/payment/ProviderEvent"
import {
  type LedgerLine,
  maxLines,
  ProviderLedger,
  UnknownLedgerPlace
} from "@saucier/payment/ProviderLedger"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Number from "effect/Number"
import { keyOf, ledgerCodec, type LedgerEvent } from "./Ledger.ts"

/** What the world outside calls each event. */
export const typeOf: Readonly<Record<LedgerEvent["_tag"], ProviderEventType>> = {
  ChargeCaptured: "charge.captured",
  ChargeDeclined: "charge.declined",
  ChargeVoided: "charge.voided",
  ChargeRefunded: "charge.refunded"
}

const lineOf = (recorded: RecordedEvent) =>
  Effect.map(ledgerCodec.decode(recorded), (event): LedgerLine => ({
    key: keyOf(recorded.streamId),
    orderId: "orderId" in event ? event.orderId : null,
    type: typeOf[event._tag],
    amount: "amount" in event ? event.amount : null,
    at: event.at
  }))

export const layer = Layer.effect(
  ProviderLedger,
  Effect.map(EventStore, (store) =>
    ProviderLedger.of({
      page: (after, limit) =>
        Effect.gen(function*() {
          const size = Number.clamp(limit, { minimum: 1, maximum: maxLines })
          const recorded = yield* Effect.catchAllDefect(
            store.page(Position.make(after), size),
            () => new UnknownLedgerPlace({ after })
          )
          const items = yield* Effect.forEach(recorded, lineOf)
          return { items, next: recorded.length < size ? null : recorded.at(-1)?.position ?? null }
        }).pipe(
          Effect.catchTags({
            EventStoreUnavailable: ({ message }) => new ProviderSilent({ detail: message }),
            ParseError: ({ message }) => new ProviderSilent({ detail: message })
          })
        )
    }))
)
