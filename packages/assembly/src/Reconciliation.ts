/** Whether orders, payments, deliveries and the provider's ledger agree about one order, and what will settle it. Pure. */
import type { DeliveryState, DeliveryStatus } from "@saucier/delivery/Delivery"
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

/** What the books say of one order; `at` is when one of them last changed, in epoch milliseconds. */
export interface Entry {
  readonly order: Order | undefined
  readonly payment: PaymentState
  readonly delivery: DeliveryState
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
 * - `goods-unpaid`, `delivery-missing`: goods left the house for no money / were paid for and nobody prepares them
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
  "goods-unpaid",
  "delivery-missing",
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
/** The provider is asked whether it took money for it all the same. */
const isMadeSureOf = ({ release, status }: Payment) => status === "Failed" && release !== null

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

const holdsMoney = ({ captures, refunds }: Charge) => captures.length > refunds.length

const left: ReadonlySet<DeliveryStatus> = new Set(["Dispatched", "Delivered", "Failed", "Replanned"])

const ofGoods = ({ charge, delivery, order }: Entry): Kind | undefined => {
  if (delivery._tag === "Delivery") {
    return left.has(delivery.status) && !holdsMoney(charge) ? "goods-unpaid" : undefined
  }
  const awaited = order !== undefined && isLive(order) && delivery._tag === "Empty"
  return awaited && holdsMoney(charge) ? "delivery-missing" : undefined
}

const ofMoney = ({ charge, order, payment }: Entry): Kind | undefined => {
  if (charge.captures.length > 1) return "charged-twice"
  if (charge.refunds.length > 1) return "refunded-twice"
  if (payment._tag === "Payment") return ofPayment(payment, order, charge)
  return holdsMoney(charge) ? "charged-unasked" : withoutPayment(order)
}

/** Where the books of one order part, if they do. */
export const disagreement = (entry: Entry): Kind | undefined => {
  const { payment } = entry
  const attention = payment._tag === "Payment" && payment.attention !== null
  return ofMoney(entry) ?? ofGoods(entry) ?? (attention ? "attention" : undefined)
}

/** What will settle it, or `clerk` when only people can. */
export const Settler = Schema.Literal(
  "payment.request",
  "payment.settle",
  "payment.release",
  "order.payment",
  "delivery.prepare",
  "clerk"
)
export type Settler = typeof Settler.Type

export const settlerOf = (kind: Kind, { order, payment }: Entry): Settler => {
  switch (kind) {
    case "payment-unasked":
      return "payment.request"
    case "outcome-open":
      return "payment.settle"
    case "capture-unrecorded":
      return payment._tag === "Payment" && (isOpen(payment) || isMadeSureOf(payment))
        ? "payment.settle"
        : "clerk"
    case "refund-unrecorded":
      return payment._tag === "Payment" && payment.status === "RefundRequested" ? "payment.settle" : "clerk"
    case "refund-owed":
      if (payment._tag === "Payment" && payment.status === "RefundRequested") return "payment.settle"
      return order === undefined ? "clerk" : "payment.release"
    case "order-unpaid":
      return "order.payment"
    case "delivery-missing":
      return "delivery.prepare"
    case "charged-twice":
    case "charged-unasked":
    case "amount-differs":
    case "refunded-twice":
    case "refund-differs":
    case "refunded-live":
    case "capture-missing":
    case "refund-missing":
    case "paid-uncharged":
    case "goods-unpaid":
    case "attention":
      return "clerk"
  }
}

/**
 * What people can do about it here.
 *
 * - `inquire`: ask the provider again
 * - `release`: give back what nobody here asked for
 * - `cancel`: end the order whose money has gone back
 * - `acknowledge`: note that somebody has looked
 * - `look`: read the order's story, and set it right where it went wrong: at the provider, or with the goods
 */
export const Remedy = Schema.Literal("inquire", "release", "cancel", "acknowledge", "look")
export type Remedy = typeof Remedy.Type

export const remedyOf = (kind: Kind, { order }: Entry): Remedy => {
  switch (kind) {
    case "refunded-live":
      return "cancel"
    case "charged-unasked":
      return order === undefined || hasEnded(order) ? "release" : "look"
    case "attention":
      return "acknowledge"
    case "outcome-open":
    case "capture-unrecorded":
    case "refund-unrecorded":
    case "refund-owed":
      return "inquire"
    case "charged-twice":
    case "amount-differs":
    case "refunded-twice":
    case "refund-differs":
    case "capture-missing":
    case "refund-missing":
    case "order-unpaid":
    case "paid-uncharged":
    case "payment-unasked":
    case "goods-unpaid":
    case "delivery-missing":
      return "look"
  }
}
