import * as Schema from "effect/Schema"

/** ISO 4217. KRW has no decimals, so its minor unit is the won itself. */
export const Currency = Schema.Literal("KRW", "USD", "EUR")
export type Currency = typeof Currency.Type

/** Minor units (won, cents), whole and at most 10^9, so sums of a franchise's day stay exact. */
export const MinorUnits = Schema.Int.annotations({
  message: () => "must be a whole number of minor units from 1 to 1000000000"
}).pipe(
  Schema.between(1, 1_000_000_000, {
    message: () => "must be a whole number of minor units from 1 to 1000000000"
  }),
  Schema.brand("MinorUnits")
)
export type MinorUnits = typeof MinorUnits.Type

export const Money = Schema.Struct({ amount: MinorUnits, currency: Currency })
export type Money = typeof Money.Type
