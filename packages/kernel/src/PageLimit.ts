/** How many items a page shows, as a query says it. */
import * as Schema from "effect/Schema"
import * as WholeNumber from "./WholeNumber.ts"

export const upTo = (most: number, byDefault: number) =>
  Schema.optionalWith(WholeNumber.between(1, most, { default: byDefault }), { default: () => byDefault })
