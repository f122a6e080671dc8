/** How many items a page shows, as a query says it: also an empty value is told what is wanted. */
import * as Schema from "effect/Schema"

export const upTo = (most: number, byDefault: number) =>
  Schema.optionalWith(
    Schema.NumberFromString.pipe(Schema.int(), Schema.between(1, most)).annotations({
      message: () => ({ message: `must be a whole number from 1 to ${most}`, override: true }),
      jsonSchema: { type: "integer", minimum: 1, maximum: most, default: byDefault }
    }),
    { default: () => byDefault }
  )
