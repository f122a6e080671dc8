/** The rows that match, in the order asked for; sorting many anew with each change would cost the frame, so it waits. */
import { useEffect, useMemo, useRef, useState } from "react"
import type { Row } from "../api/Dashboard.ts"
import type { Filter } from "./Filter.ts"
import { matcher } from "./Filter.ts"
import { sorted } from "./Sorting.ts"
import type { Orders } from "./useOrders.ts"

/** The view may take this share of the time. */
const share = 0.1

export const useView = ({ rows, version }: Orders, filter: Filter): ReadonlyArray<Row> => {
  const { branch, search, sort, state } = filter
  const key = `${state} ${branch} ${search} ${sort.by} ${sort.descending}`
  const last = useRef<
    {
      readonly key: string
      readonly rows: unknown
      readonly version: number
      readonly view: ReadonlyArray<Row>
      readonly next: number
    } | null
  >(null)
  const [woken, wake] = useState(0)
  const free = sort.by === "order" && sort.descending && matcher(filter) === null

  const view = useMemo(() => {
    if (free) return rows.all
    const began = performance.now()
    const before = last.current
    if (before !== null && before.key === key && before.rows === rows && before.next > began) {
      return before.view
    }
    const matches = matcher(filter)
    const next = sorted(matches === null ? rows.all : rows.all.filter(matches), sort)
    const took = performance.now() - began
    last.current = { key, rows, version, view: next, next: performance.now() + took / share - took }
    return next
  }, [rows, version, key, free, woken])

  const due = last.current
  const pending = !free && due !== null && due.version !== version
  useEffect(() => {
    if (!pending || due === null) return
    const timer = setTimeout(() => wake((before) => before + 1), Math.max(0, due.next - performance.now()))
    return () => clearTimeout(timer)
  }, [pending, due])
  return view
}
