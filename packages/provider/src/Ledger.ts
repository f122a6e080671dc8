/**
 * The stand-in provider's own books: what a bank would keep, one stream per idempotency key. Pure, like any decider;
 * its events are the provider's truth, not ours.
 */
import type { Decider } from "@saucier/eventsourcing/Decider"
import { StreamId } from "@saucier/eventsourcing/Event"
import * as EventCodec from "@saucier/eventsourcing/EventCodec"
import { CommandMeta } from "@saucier/kernel/CommandMeta"
import { OrderId } from "@saucier/kernel/Ids"
import { Money } from "@saucier/kernel/Money"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"

const command = { meta: CommandMeta }
export const RecordCapture = Schema.TaggedStruct("RecordCapture", {
  ...command,
  orderId: OrderId,
  amount: Money
})
export const RecordDecline = Schema.TaggedStruct("RecordDecline", {
  ...command,
  orderId: OrderId,
  code: Schema.String
})
export const Void = Schema.TaggedStruct("Void", command)
export const Refund = Schema.TaggedStruct("Refund", command)

export const LedgerCommand = Schema.Union(RecordCapture, RecordDecline, Void, Refund)
export type LedgerCommand = typeof LedgerCommand.Type

const event = { at: Schema.DateTimeUtcFromNumber }
export const ChargeCaptured = Schema.TaggedStruct("ChargeCaptured", {
  ...event,
  orderId: OrderId,
  amount: Money
})
export const ChargeDeclined = Schema.TaggedStruct("ChargeDeclined", {
  ...event,
  orderId: OrderId,
  code: Schema.String
})
export const ChargeVoided = Schema.TaggedStruct("ChargeVoided", event)
export const ChargeRefunded = Schema.TaggedStruct("ChargeRefunded", {
  ...event,
  orderId: OrderId,
  amount: Money
})

export const LedgerEvent = Schema.Union(ChargeCaptured, ChargeDeclined, ChargeVoided, ChargeRefunded)
export type LedgerEvent = typeof LedgerEvent.Type

export const LedgerEntry = Schema.Union(
  Schema.TaggedStruct("None", {}),
  Schema.TaggedStruct("Captured", { orderId: OrderId, amount: Money }),
  Schema.TaggedStruct("Declined", { code: Schema.String }),
  Schema.TaggedStruct("Voided", {}),
  Schema.TaggedStruct("Refunded", { orderId: OrderId, amount: Money })
)
export type LedgerEntry = typeof LedgerEntry.Type

export const ledgerCodec = EventCodec.make(LedgerEvent)

const category = "charge-"
export const streamOf = (key: string): StreamId => StreamId.make(`${category}${key}`)
export const keyOf = (streamId: StreamId): string => streamId.slice(category.length)

const accept = (...events: ReadonlyArray<LedgerEvent>) => Either.right(events)

export const ledgerDecider: Decider<LedgerCommand, LedgerEvent, LedgerEntry, never> = {
  initial: { _tag: "None" },

  decide: (command, entry) => {
    const at = command.meta.at
    switch (command._tag) {
      case "RecordCapture": {
        const { amount, orderId } = command
        return entry._tag === "None" ? accept(ChargeCaptured.make({ at, orderId, amount })) : accept()
      }
      case "RecordDecline": {
        const { code, orderId } = command
        return entry._tag === "None" ? accept(ChargeDeclined.make({ at, orderId, code })) : accept()
      }
      case "Void":
        return entry._tag === "None" ? accept(ChargeVoided.make({ at })) : accept()
      case "Refund": {
        if (entry._tag !== "Captured") return accept()
        return accept(ChargeRefunded.make({ at, orderId: entry.orderId, amount: entry.amount }))
      }
    }
  },

  evolve: (_entry, event) => {
    switch (event._tag) {
      case "ChargeCaptured":
        return { _tag: "Captured", orderId: event.orderId, amount: event.amount }
      case "ChargeDeclined":
        return { _tag: "Declined", code: event.code }
      case "ChargeVoided":
        return { _tag: "Voided" }
      case "ChargeRefunded":
        return { _tag: "Refunded", orderId: event.orderId, amount: event.amount }
    }
  }
}
