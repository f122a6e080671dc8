/** The rows in the order that the reader asked for. They come newest first, so that order costs nothing. */
import type { Row } from "../api/Dashboard.ts"
import type { Column, Sort } from "./Filter.ts"
import { states } from "./Filter.ts"

const keyOf: Readonly<Record<Column, (row: Row) => string | number>> = {
  order: ({ orderId }) => orderId,
  branch: ({ branchId }) => branchId ?? "",
  sauce: ({ sauceId }) => sauceId ?? "",
  qty: ({ qty }) => qty ?? 0,
  price: ({ price }) => price ?? 0,
  state: ({ state }) => states.indexOf(state),
  updated: ({ updatedAt }) => updatedAt
}

/** Rows of equal keys stay newest first. */
export const sorted = (rows: ReadonlyArray<Row>, { by, descending }: Sort): ReadonlyArray<Row> => {
  if (by === "order") return descending ? rows : rows.toReversed()
  const key = keyOf[by]
  const direction = descending ? -1 : 1
  return rows.map((row) => ({ key: key(row), row })).sort((a, b) => {
    if (a.key === b.key) return 0
    return a.key < b.key ? -direction : direction
  }).map(({ row }) => row)
}
