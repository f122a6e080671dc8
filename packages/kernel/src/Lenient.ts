/** Fields that the seed's clients sent as numbers or as numeric strings; the schema behind judges the value. */
import * as Schema from "effect/Schema"

const either = Schema.Union(Schema.String, Schema.Number)

export const text = <A, R>(schema: Schema.Schema<A, string, R>) =>
  Schema.transform(either, Schema.String, { strict: true, decode: String, encode: (text) => text }).pipe(
    Schema.compose(schema)
  )

export const number = <A, R>(schema: Schema.Schema<A, number, R>) =>
  Schema.transform(either, Schema.Number, {
    strict: true,
    decode: (value) => typeof value === "number" || /^-?\d+$/.test(value) ? Number(value) : Number.NaN,
    encode: (number) => number
  }).pipe(Schema.compose(schema))
