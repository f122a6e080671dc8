/** The provider's books as it shows them: a line for all that happened to a charge, oldest first, like a bank statement. */
import { OrderId } from "@saucier/kernel/Ids"
import { Money } from "@saucier/kernel/Money"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { ProviderFailure } from "./PaymentProvider.ts"
import { ProviderEventType } from "./ProviderEvent.ts"

/** `amount` is what was captured or given back; null where no money moved. */
export const LedgerLine = Schema.Struct({
  key: Schema.NonEmptyString,
  orderId: Schema.NullOr(OrderId),
  type: ProviderEventType,
  amount: Schema.NullOr(Money),
  at: Schema.DateTimeUtcFromNumber
})
export type LedgerLine = typeof LedgerLine.Type

/** `next` is where the following page begins, or null when this was the last. */
export const LedgerPage = Schema.Struct({
  items: Schema.Array(LedgerLine),
  next: Schema.NullOr(Schema.String)
})
export type LedgerPage = typeof LedgerPage.Type

/** So many lines stay below the size that an answer may have. */
export const maxLines = 200

/** `after` is no `next` that this provider ever gave. */
export class UnknownLedgerPlace
  extends Schema.TaggedError<UnknownLedgerPlace>()("UnknownLedgerPlace", { after: Schema.String })
{
  override get message() {
    return `after is no place in the provider's ledger: ${this.after.slice(0, 100)}`
  }
}

/** Port to the statement. `after` is a `next` of before, or empty for the beginning; `limit` is at most `maxLines`. */
export class ProviderLedger extends Context.Tag("@saucier/payment/ProviderLedger")<ProviderLedger, {
  readonly page: (
    after: string,
    limit: number
  ) => Effect.Effect<LedgerPage, ProviderFailure | UnknownLedgerPlace>
}>() {}
