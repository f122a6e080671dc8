/** What has happened at the provider, as its webhooks tell it: a hint that may come twice, late, out of order or never. */
import { Money } from "@saucier/kernel/Money"
import * as Schema from "effect/Schema"

export const ProviderEventType = Schema.Literal(
  "charge.captured",
  "charge.declined",
  "charge.voided",
  "charge.refunded"
)
export type ProviderEventType = typeof ProviderEventType.Type

/** `id` is the same in every copy. `at` is in epoch milliseconds. */
export const ProviderEvent = Schema.Struct({
  id: Schema.TemplateLiteral(Schema.Literal("evt_"), Schema.String),
  type: ProviderEventType,
  key: Schema.NonEmptyString,
  amount: Schema.optionalWith(Money, { exact: true }),
  at: Schema.DateTimeUtcFromNumber
})
export type ProviderEvent = typeof ProviderEvent.Type
