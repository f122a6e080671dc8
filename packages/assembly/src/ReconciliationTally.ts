/** What the comparison of all entries comes to: the sums by currency, and every disagreement. Pure. */
import { DeliveryStatus } from "@saucier/delivery/Delivery"
import * as Ids from "@saucier/kernel/Ids"
import { Currency, type Money } from "@saucier/kernel/Money"
import { OrderStatus } from "@saucier/order/Order"
import { PaymentStatus } from "@saucier/payment/Payment"
import * as Schema from "effect/Schema"
import type { Charge, Entry } from "./Reconciliation.ts"
import { disagreement, isLive, Kind, Remedy, remedyOf, Settler, settlerOf } from "./Reconciliation.ts"

/**
 * `price` is what the order costs, `captured` and `refunded` what the provider has taken and given back, in minor units of
 * `currency`, null where no book names an amount. `age` is since when nothing has changed, in milliseconds.
 */
export const Disagreement = Schema.Struct({
  kind: Kind,
  settledBy: Settler,
  remedy: Remedy,
  paymentId: Ids.PaymentId,
  orderId: Ids.OrderId,
  order: Schema.NullOr(OrderStatus),
  payment: Schema.NullOr(PaymentStatus),
  delivery: Schema.NullOr(DeliveryStatus),
  provider: Schema.NullOr(Schema.Literal("captured", "refunded", "voided", "declined")),
  currency: Schema.NullOr(Currency),
  price: Schema.NullOr(Schema.Number),
  captured: Schema.Number,
  refunded: Schema.Number,
  age: Schema.Number
}).annotations({ identifier: "Disagreement" })
export type Disagreement = typeof Disagreement.Type

/** In minor units of one currency. They agree when `held`, captured less refunded, is `due`, the price of all live orders. */
export interface Sums {
  readonly due: number
  readonly captured: number
  readonly refunded: number
  readonly held: number
}

/** Milliseconds: what is younger is on its way. */
export const patience = 60_000

const providerSays = ({ captures, ended, refunds }: Charge): Disagreement["provider"] => {
  if (refunds.length > 0) return "refunded"
  return captures.length > 0 ? "captured" : ended
}

const sum = (all: ReadonlyArray<Money>) => all.reduce((total, { amount }) => total + amount, 0)

const detailOf = (paymentId: Ids.PaymentId, kind: Kind, entry: Entry, now: number): Disagreement => {
  const { charge, delivery, order, payment } = entry
  const asked = order?.price ?? (payment._tag === "Payment" ? payment.amount : undefined)
  return {
    kind,
    settledBy: settlerOf(kind, entry),
    remedy: remedyOf(kind, entry),
    paymentId,
    orderId: Ids.orderIdOf(paymentId),
    order: order?.status ?? null,
    payment: payment._tag === "Payment" ? payment.status : null,
    delivery: delivery._tag === "Delivery" ? delivery.status : null,
    provider: providerSays(charge),
    currency: (asked ?? charge.captures[0])?.currency ?? null,
    price: asked?.amount ?? null,
    captured: sum(charge.captures),
    refunded: sum(charge.refunds),
    age: Math.max(0, now - entry.at)
  }
}

const nothing: Sums = { due: 0, captured: 0, refunded: 0, held: 0 }

/** Takes entries one by one, as of `now` in epoch milliseconds; `result` tells the oldest disagreement first. */
export const make = (now: number) => {
  const sums = new Map<Currency, Sums>()
  const disagreements: Array<Disagreement> = []
  const count = ({ amount, currency }: Money, change: (amount: number) => Partial<Sums>) => {
    const before = sums.get(currency) ?? nothing
    const { captured = 0, due = 0, refunded = 0 } = change(amount)
    sums.set(currency, {
      due: before.due + due,
      captured: before.captured + captured,
      refunded: before.refunded + refunded,
      held: before.held + captured - refunded
    })
  }
  return {
    add: (paymentId: Ids.PaymentId, entry: Entry) => {
      if (entry.order !== undefined && isLive(entry.order)) count(entry.order.price, (due) => ({ due }))
      for (const money of entry.charge.captures) count(money, (captured) => ({ captured }))
      for (const money of entry.charge.refunds) count(money, (refunded) => ({ refunded }))
      const kind = disagreement(entry)
      if (kind !== undefined) disagreements.push(detailOf(paymentId, kind, entry, now))
    },
    result: () => ({ sums, disagreements: disagreements.toSorted((a, b) => b.age - a.age) })
  }
}

export const reconcile = (entries: ReadonlyMap<Ids.PaymentId, Entry>, now: number) => {
  const tally = make(now)
  for (const [paymentId, entry] of entries) tally.add(paymentId, entry)
  return tally.result()
}

/**
 * - `agree`: no book parts from another, and what is held is what is due
 * - `settling`: what differs does so for less than a minute
 * - `differ`: something has differed for longer, or the provider has lines that are no payments of ours
 * - `unexplained`: what is held is not what is due, and no single payment explains it
 */
export const Verdict = Schema.Literal("agree", "settling", "differ", "unexplained")
export type Verdict = typeof Verdict.Type

/** How many have differed for too long. */
export const overdue = (disagreements: ReadonlyArray<Disagreement>) =>
  disagreements.filter(({ age }) => age > patience).length

export const verdictOf = (
  { disagreements, strangers, sums }: {
    readonly sums: ReadonlyMap<string, Sums>
    readonly disagreements: ReadonlyArray<Disagreement>
    readonly strangers: number
  }
): Verdict => {
  if (overdue(disagreements) + strangers > 0) return "differ"
  if (disagreements.length > 0) return "settling"
  return Array.from(sums.values()).every(({ due, held }) => held === due) ? "agree" : "unexplained"
}
