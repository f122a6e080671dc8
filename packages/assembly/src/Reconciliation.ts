/** Whether orders, payments and the provider's ledger agree, order by order, and in sum. Pure. */
import type { OrderId, PaymentId } from "@saucier/kernel/Ids"
import * as Ids from "@saucier/kernel/Ids"
import type { Money } from "@saucier/kernel/Money"
import type { Order } from "@saucier/order/Order"
import type { Payment, PaymentState } from "@saucier/payment/Payment"
import type { LedgerLine } from "@saucier/payment/ProviderLedger"
import * as Schema from "effect/Schema"

/** What one key has come to at the provider. */
export interface Charge {
  readonly captures: ReadonlyArray<Money>
  readonly refunds: ReadonlyArray<Money>
  readonly ended: "voided" | "declined" | null
}

export const noCharge: Charge = { captures: [], refunds: [], ended: null }

export const charged = (charge: Charge, { amount, type }: LedgerLine): Charge => {
  switch (type) {
    case "charge.captured":
      return amount === null ? charge : { ...charge, captures: [...charge.captures, amount] }
    case "charge.refunded":
      return amount === null ? charge : { ...charge, refunds: [...charge.refunds, amount] }
    case "charge.voided":
      return { ...charge, ended: "voided" }
    case "charge.declined":
      return { ...charge, ended: "declined" }
  }
}

/** What the three books say of one order; `at` is when one of them last changed, in epoch milliseconds. */
export interface Entry {
  readonly order: Order | undefined
  readonly payment: PaymentState
  readonly charge: Charge
  readonly at: number
}

/**
 * - `charged-twice`, `charged-unasked`, `amount-differs`: the provider took what nobody asked for
 * - `refunded-twice`, `refund-differs`, `refunded-live`: it gave back what it should not have
 * - `capture-missing`, `refund-missing`: it does not know of what it told us
 * - `capture-unrecorded`, `refund-unrecorded`: we do not know yet what the provider has done
 * - `refund-owed`: money of an order that has ended
 * - `order-unpaid`, `paid-uncharged`: order and payment differ
 * - `payment-unasked`, `outcome-open`: nobody knows yet
 * - `attention`: all agree, and somebody has to look
 */
export const Kind = Schema.Literal(
  "charged-twice",
  "charged-unasked",
  "amount-differs",
  "refunded-twice",
  "refund-differs",
  "refunded-live",
  "capture-missing",
  "refund-missing",
  "capture-unrecorded",
  "refund-unrecorded",
  "refund-owed",
  "order-unpaid",
  "paid-uncharged",
  "payment-unasked",
  "outcome-open",
  "attention"
)
export type Kind = typeof Kind.Type

const differ = (a: Money, b: Money) => a.amount !== b.amount || a.currency !== b.currency

/** A cancellation that waits for delivery leaves the order where it stood. */
const standing = ({ resume, status }: Order) => status === "Cancelling" ? resume ?? status : status

const waits = (order: Order) => standing(order) === "Registered" || standing(order) === "PaymentPending"
const hasEnded = ({ status }: Order) => status === "Rejected" || status === "Cancelled"
const isOver = ({ status }: Payment) => status === "Declined" || status === "Failed" || status === "Voided"
const isOpen = ({ status }: Payment) => status === "Requested" || status === "Unknown"

/** The order is to be paid, or was: its price is what the provider ought to hold. */
export const isLive = (order: Order) => !waits(order) && !hasEnded(order)

const withoutPayment = (order: Order | undefined): Kind | undefined => {
  if (order === undefined || hasEnded(order)) return undefined
  return waits(order) ? "payment-unasked" : "paid-uncharged"
}

const ofPayment = (payment: Payment, order: Order | undefined, charge: Charge): Kind | undefined => {
  const [taken] = charge.captures
  const [givenBack] = charge.refunds
  const { captured, status } = payment
  if (order !== undefined && differ(order.price, payment.amount)) return "amount-differs"
  if (taken === undefined) {
    if (captured !== null) return "capture-missing"
    if (isOpen(payment)) return "outcome-open"
    return order !== undefined && isLive(order) ? "paid-uncharged" : undefined
  }
  if (givenBack !== undefined) {
    if (differ(givenBack, taken)) return "refund-differs"
    if (order !== undefined && isLive(order)) return "refunded-live"
    return status === "Refunded" || isOver(payment) ? undefined : "refund-unrecorded"
  }
  if (status === "Refunded") return "refund-missing"
  if (differ(taken, payment.amount)) return "amount-differs"
  if (captured === null) return "capture-unrecorded"
  if (status === "RefundRequested" || order === undefined || hasEnded(order)) return "refund-owed"
  return waits(order) ? "order-unpaid" : undefined
}

/** Where the three books of one order part, if they do. */
export const disagreement = ({ charge, order, payment }: Entry): Kind | undefined => {
  if (charge.captures.length > 1) return "charged-twice"
  if (charge.refunds.length > 1) return "refunded-twice"
  if (payment._tag !== "Payment") {
    return charge.captures.length > charge.refunds.length ? "charged-unasked" : withoutPayment(order)
  }
  return ofPayment(payment, order, charge) ?? (payment.attention === null ? undefined : "attention")
}

/** What will settle it, or `clerk` when only people can. */
export type Settler = "payment.request" | "payment.settle" | "payment.release" | "order.payment" | "clerk"

export const settlerOf = (kind: Kind, { order, payment }: Entry): Settler => {
  switch (kind) {
    case "payment-unasked":
      return "payment.request"
    case "outcome-open":
      return "payment.settle"
    case "capture-unrecorded":
      return payment._tag === "Payment" && isOpen(payment) ? "payment.settle" : "clerk"
    case "refund-unrecorded":
      return payment._tag === "Payment" && payment.status === "RefundRequested" ? "payment.settle" : "clerk"
    case "refund-owed":
      if (payment._tag === "Payment" && payment.status === "RefundRequested") return "payment.settle"
      return order === undefined ? "clerk" : "payment.release"
    case "order-unpaid":
      return "order.payment"
    case "charged-twice":
    case "charged-unasked":
    case "amount-differs":
    case "refunded-twice":
    case "refund-differs":
    case "refunded-live":
    case "capture-missing":
    case "refund-missing":
    case "paid-uncharged":
    case "attention":
      return "clerk"
  }
}

export interface Disagreement {
  readonly kind: Kind
  readonly settledBy: Settler
  readonly paymentId: PaymentId
  readonly orderId: OrderId
  readonly order: string | null
  readonly payment: string | null
  readonly provider: string | null
  /** Since when nothing has changed, in milliseconds. */
  readonly age: number
}

/** In minor units of one currency. They agree when `held`, captured less refunded, is `due`, the price of all live orders. */
export interface Sums {
  readonly due: number
  readonly captured: number
  readonly refunded: number
  readonly held: number
}

const providerSays = ({ captures, ended, refunds }: Charge): string | null => {
  if (refunds.length > 0) return "refunded"
  return captures.length > 0 ? "captured" : ended
}

const detailOf = (paymentId: PaymentId, kind: Kind, entry: Entry, now: number): Disagreement => ({
  kind,
  settledBy: settlerOf(kind, entry),
  paymentId,
  orderId: Ids.orderIdOf(paymentId),
  order: entry.order?.status ?? null,
  payment: entry.payment._tag === "Payment" ? entry.payment.status : null,
  provider: providerSays(entry.charge),
  age: Math.max(0, now - entry.at)
})

const nothing: Sums = { due: 0, captured: 0, refunded: 0, held: 0 }

/** The sums by currency, and every disagreement, the oldest first. */
export const reconcile = (entries: ReadonlyMap<PaymentId, Entry>, now: number) => {
  const sums = new Map<string, Sums>()
  const disagreements: Array<Disagreement> = []
  const add = ({ amount, currency }: Money, change: (amount: number) => Partial<Sums>) => {
    const before = sums.get(currency) ?? nothing
    const { captured = 0, due = 0, refunded = 0 } = change(amount)
    sums.set(currency, {
      due: before.due + due,
      captured: before.captured + captured,
      refunded: before.refunded + refunded,
      held: before.held + captured - refunded
    })
  }
  for (const [paymentId, entry] of entries) {
    if (entry.order !== undefined && isLive(entry.order)) add(entry.order.price, (due) => ({ due }))
    for (const money of entry.charge.captures) add(money, (captured) => ({ captured }))
    for (const money of entry.charge.refunds) add(money, (refunded) => ({ refunded }))
    const kind = disagreement(entry)
    if (kind !== undefined) disagreements.push(detailOf(paymentId, kind, entry, now))
  }
  return { sums, disagreements: disagreements.toSorted((a, b) => b.age - a.age) }
}
