/** How far a comparison of the books has got, and what the last one came to. */
import { Currency } from "@saucier/kernel/Money"
import { LedgerLine } from "@saucier/payment/ProviderLedger"
import * as Schema from "effect/Schema"
import { Kind } from "./Reconciliation.ts"
import { Book } from "./ReconciliationBooks.ts"
import { Disagreement, Verdict } from "./ReconciliationTally.ts"

/** So many findings stay below the size that an answer may have; `counts` tells of all. */
export const maxFindings = 200

const Count = Schema.NonNegativeInt

/** `read` lines and events so far, of some `expected` when there was a comparison before. */
const Running = Schema.Struct({
  startedAt: Schema.DateTimeUtc,
  book: Book,
  read: Count,
  expected: Schema.NullOr(Count)
})

/** In minor units; `difference` is `held` less `due`. */
const Total = Schema.Struct({
  currency: Currency,
  due: Schema.Number,
  captured: Schema.Number,
  refunded: Schema.Number,
  held: Schema.Number,
  difference: Schema.Number
})

/**
 * As of `startedAt`. `overdue` of the findings have differed for more than a minute; `findings` are the oldest of them,
 * `strangers` the first lines of the ledger that are no payments of ours.
 */
export const Compared = Schema.Struct({
  startedAt: Schema.DateTimeUtc,
  endedAt: Schema.DateTimeUtc,
  read: Count,
  verdict: Verdict,
  payments: Count,
  orders: Count,
  deliveries: Count,
  charges: Count,
  totals: Schema.Array(Total),
  overdue: Count,
  counts: Schema.Array(Schema.Struct({ kind: Kind, count: Count })),
  findings: Schema.Array(Disagreement),
  strangers: Schema.Struct({ count: Count, lines: Schema.Array(LedgerLine) })
})
export type Compared = typeof Compared.Type

/** A book did not answer, or cannot be read. */
const Failure = Schema.Struct({ at: Schema.DateTimeUtc, detail: Schema.String })

/** `last` is the newest that came to an end; `failure` tells why the newest of all did not. */
export const ReconciliationStatus = Schema.Struct({
  running: Schema.NullOr(Running),
  last: Schema.NullOr(Compared),
  failure: Schema.NullOr(Failure)
}).annotations({ identifier: "Reconciliation" })
export type ReconciliationStatus = typeof ReconciliationStatus.Type
