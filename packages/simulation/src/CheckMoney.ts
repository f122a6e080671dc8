/** The provider's books against ours, order by order: at rest, when all that is under way has come to its end. */
import type { Money } from "@saucier/kernel/Money"
import { accounts, cancelled, rejected } from "./Evidence.ts"
import * as Check from "./Violation.ts"

const same = (a: Money, b: Money) => a.amount === b.amount && a.currency === b.currency
const text = ({ amount, currency }: Money) => `${amount} ${currency}`

export const charges = Check.make("charges", "P2", function*(evidence) {
  for (const [subject, { captures, order, payment, price }] of accounts(evidence)) {
    const [taken] = captures
    if (captures.length > 1) yield [subject, `captured ${captures.length} times`]
    if (taken !== undefined && price === undefined) yield [subject, "captured, and nobody ordered"]
    if (taken !== undefined && price !== undefined && !same(taken, price)) {
      yield [subject, `captured ${text(taken)} for a price of ${text(price)}`]
    }
    if (taken !== undefined && !payment.includes("PaymentCaptured")) {
      yield [subject, "captured, and our books do not say so"]
    }
    const counted = payment.filter((type) => type === "PaymentCaptured").length
    if (counted > 1) yield [subject, `our books count ${counted} captures`]
    if (taken === undefined && (payment.includes("PaymentCaptured") || order.includes("OrderPaid"))) {
      yield [subject, "paid, and the provider has no capture"]
    }
  }
})

export const refunds = Check.make("refunds", "P4", function*(evidence) {
  for (const [subject, account] of accounts(evidence)) {
    const [taken] = account.captures
    const [given] = account.refunds
    const ended = cancelled(account) || rejected(account)
    if (account.refunds.length > 1) yield [subject, `refunded ${account.refunds.length} times`]
    if (given !== undefined && taken === undefined) yield [subject, "refunded, and never captured"]
    if (given !== undefined && taken !== undefined && !same(given, taken)) {
      yield [subject, `refunded ${text(given)} of ${text(taken)}`]
    }
    if (taken !== undefined && given === undefined && ended) yield [subject, "ended, and the money is kept"]
    if (given !== undefined && !ended) yield [subject, "refunded, and the order lives"]
    const counted = account.payment.filter((type) => type === "PaymentRefunded").length
    if (counted !== account.refunds.length) {
      yield [subject, `our books count ${counted} refunds, the provider's ${account.refunds.length}`]
    }
  }
})
