/** A whole number in a path or a query, where everything is text: also an empty one is told what is wanted. */
import * as Schema from "effect/Schema"

const schema = (least: number, most: number, rule: string, limits: object) =>
  Schema.NumberFromString.pipe(Schema.int(), Schema.between(least, most)).annotations({
    message: () => ({ message: `must be a whole number ${rule}`, override: true }),
    jsonSchema: { type: "integer", minimum: least, ...limits }
  })

/** `more` goes into the API's document, too. */
export const between = (least: number, most: number, more: object = {}) =>
  schema(least, most, `from ${least} to ${most}`, { maximum: most, ...more })

export const from = (least: number, more: object = {}) =>
  schema(least, Number.MAX_SAFE_INTEGER, `of at least ${least}`, more)
