import * as Schema from "effect/Schema"

const name = Schema.String.pipe(
  Schema.pattern(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
    message: () => "must be 1 to 64 letters, digits, dots, dashes or underscores",
    arbitrary: () => (fc) => fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
  })
)

export const BranchId = name.pipe(Schema.brand("BranchId"))
export type BranchId = typeof BranchId.Type

export const SauceId = name.pipe(Schema.brand("SauceId"))
export type SauceId = typeof SauceId.Type

/** Units of a sauce in one order. */
export const Quantity = Schema.Int.annotations({ message: () => "must be a whole number from 1 to 10000" })
  .pipe(
    Schema.between(1, 10_000, { message: () => "must be a whole number from 1 to 10000" }),
    Schema.brand("Quantity")
  )
export type Quantity = typeof Quantity.Type

/** What is ordered, and by which branch: all that a delivery needs to know. */
export const Goods = Schema.Struct({ branchId: BranchId, sauceId: SauceId, quantity: Quantity })
export type Goods = typeof Goods.Type
