/** What is being filled in, as text. */
import type { OrderRequest } from "../api/Orders.ts"
import { type Field, fields } from "./Validation.ts"

export type Draft = Readonly<Record<Field, string>>

export const empty: Draft = { branchId: "", sauceId: "", qty: "", price: "" }

/** Of an address or an earlier order; what is missing stays empty. */
export const of = (given: Partial<Readonly<Record<Field, unknown>>>): Draft => {
  const text = (value: unknown) => typeof value === "string" || typeof value === "number" ? String(value) : ""
  return {
    branchId: text(given.branchId),
    sauceId: text(given.sauceId),
    qty: text(given.qty),
    price: text(given.price)
  }
}

export const ofSearch = (search: string): Draft => {
  const asked = new URLSearchParams(search)
  return of(Object.fromEntries(fields.map((field) => [field, asked.get(field)])))
}

/** People group digits; the server does not. */
export const clean = (field: Field, text: string): string =>
  field === "qty" || field === "price" ? text.replaceAll(/[\s,]/g, "") : text.trim()

const numeric = (text: string): number | string => /^-?\d+$/.test(text) ? Number(text) : text

export const request = (draft: Draft): OrderRequest => ({
  branchId: clean("branchId", draft.branchId),
  sauceId: clean("sauceId", draft.sauceId),
  qty: numeric(clean("qty", draft.qty)),
  price: numeric(clean("price", draft.price))
})
