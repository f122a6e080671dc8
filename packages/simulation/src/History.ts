/** What clients asked and what they were told: one line for each call, from real processes or simulated ones. */
import { OrderId } from "@saucier/kernel/Ids"
import { OrderStatus } from "@saucier/order/Order"
import * as Schema from "effect/Schema"

/** `request` is what was ordered, as any text that is the same for the same goods and price. */
export const Place = Schema.TaggedStruct("Place", {
  key: Schema.NullOr(Schema.String),
  request: Schema.String
})
export const Read = Schema.TaggedStruct("Read", { orderId: OrderId })
export const Cancel = Schema.TaggedStruct("Cancel", { orderId: OrderId })
export const Call = Schema.Union(Place, Read, Cancel)
export type Call = typeof Call.Type

/** An order as an answer showed it. */
export const Seen = Schema.Struct({ orderId: OrderId, status: OrderStatus, version: Schema.NonNegativeInt })
export type Seen = typeof Seen.Type

/** `Failed`: certainly nothing came of it. `Unknown`: it may have, or may yet. */
export const Outcome = Schema.Union(
  Schema.TaggedStruct("Ok", { seen: Seen }),
  Schema.TaggedStruct("Failed", { code: Schema.String }),
  Schema.TaggedStruct("Unknown", { detail: Schema.String })
)
export type Outcome = typeof Outcome.Type

/**
 * `invoked` and `completed` number all beginnings and ends of one history in the order in which they happened, since many
 * may happen in one millisecond. `at` and `took` are milliseconds on the monotonic clock.
 */
export const Operation = Schema.Struct({
  client: Schema.String,
  call: Call,
  outcome: Outcome,
  invoked: Schema.NonNegativeInt,
  completed: Schema.NonNegativeInt,
  at: Schema.Number,
  took: Schema.Number
})
export type Operation = typeof Operation.Type

/** A line of a history that is kept in a file. */
export const Line = Schema.parseJson(Operation)
