/** The server's own rules for what is ordered, asked while the reader types. */
import { BranchId, Quantity, SauceId } from "@saucier/kernel/Goods"
import * as Lenient from "@saucier/kernel/Lenient"
import { MinorUnits } from "@saucier/kernel/Money"
import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"

const rules = {
  branchId: Schema.decodeUnknownEither(Lenient.text(BranchId)),
  sauceId: Schema.decodeUnknownEither(Lenient.text(SauceId)),
  qty: Schema.decodeUnknownEither(Lenient.number(Quantity)),
  price: Schema.decodeUnknownEither(Lenient.number(MinorUnits))
}

export type Field = keyof typeof rules
export const fields = ["branchId", "sauceId", "qty", "price"] as const satisfies ReadonlyArray<Field>

/** What the server would say is wrong with a field, or null. */
export const faultOf = (field: Field, value: string): string | null => {
  const decoded: Either.Either<unknown, ParseResult.ParseError> = rules[field](value)
  return Either.isRight(decoded)
    ? null
    : ParseResult.ArrayFormatter.formatErrorSync(decoded.left)[0]?.message ?? decoded.left.message
}
