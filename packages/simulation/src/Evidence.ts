/** All that a check may look at: what clients were told, what the logs hold, and what the provider's books say. */
import type { RecordedEvent } from "@saucier/eventsourcing/Event"
import { Money } from "@saucier/kernel/Money"
import * as TypeId from "@saucier/kernel/TypeId"
import type { LedgerLine } from "@saucier/payment/ProviderLedger"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Operation } from "./History.ts"

/** The log of one context, whole and in its order. */
export type Log = ReadonlyArray<Pick<RecordedEvent, "streamId" | "version" | "type" | "commandId" | "data">>

/** What one reader was given: `from` and `received` are places in `log`, counted from 1, in the order of arrival. */
export interface Reading {
  readonly reader: string
  readonly from: number
  readonly received: ReadonlyArray<number>
  readonly log: number
}

export interface Evidence {
  readonly history: ReadonlyArray<Operation>
  readonly orders: Log
  readonly payments: Log
  readonly deliveries: Log
  readonly ledger: ReadonlyArray<LedgerLine>
  readonly readings: ReadonlyArray<Reading>
  /** All calls that place an order stand in the history, answered or not. */
  readonly whole?: boolean
  /** Orders of which the database once gave less than it had: what they showed then may have been old. */
  readonly readStale?: ReadonlySet<string>
}

/** What the three logs and the ledger say of one order. Types of events are in the order of their stream. */
export interface Account {
  readonly order: ReadonlyArray<string>
  readonly payment: ReadonlyArray<string>
  readonly delivery: ReadonlyArray<string>
  readonly price: Money | undefined
  readonly captures: ReadonlyArray<Money>
  readonly refunds: ReadonlyArray<Money>
}

const nothing: Account = {
  order: [],
  payment: [],
  delivery: [],
  price: undefined,
  captures: [],
  refunds: []
}

const priceOf = Schema.decodeUnknownOption(Schema.Struct({ price: Money }))

/** `order-ord_01…` and `pay_01…` end in what an order, its payment and its delivery have in common. */
export const subjectOf = (id: string): string => TypeId.suffixOf(id)

export const accounts = (
  { deliveries, ledger, orders, payments }: Pick<Evidence, "orders" | "payments" | "deliveries" | "ledger">
): ReadonlyMap<string, Account> => {
  const all = new Map<string, Account>()
  const change = (subject: string, by: (account: Account) => Account) =>
    all.set(subject, by(all.get(subject) ?? nothing))
  for (const { data, streamId, type } of orders) {
    if (!streamId.startsWith("order-")) continue
    const { price } = Option.getOrElse(priceOf(data), () => ({ price: undefined }))
    change(subjectOf(streamId), (account) => ({
      ...account,
      order: [...account.order, type],
      price: account.price ?? price
    }))
  }
  for (const { streamId, type } of payments) {
    change(subjectOf(streamId), (account) => ({ ...account, payment: [...account.payment, type] }))
  }
  for (const { streamId, type } of deliveries) {
    change(subjectOf(streamId), (account) => ({ ...account, delivery: [...account.delivery, type] }))
  }
  for (const { amount, key, type } of ledger) {
    if (amount === null) continue
    change(subjectOf(key), (account) => ({
      ...account,
      ...(type === "charge.captured" ? { captures: [...account.captures, amount] } : {}),
      ...(type === "charge.refunded" ? { refunds: [...account.refunds, amount] } : {})
    }))
  }
  return all
}

export const cancelled = ({ order }: Account): boolean => order.includes("OrderCancelled")
/** It had left, and is back: the one way in which an order that was dispatched is cancelled. */
export const returned = ({ delivery, order }: Account): boolean =>
  delivery.includes("DeliveryReturned") && order.includes("OrderDispatched")
export const rejected = ({ order }: Account): boolean => order.includes("OrderRejected")
