import { useVirtualizer } from "@tanstack/react-virtual"
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react"
import type { Row } from "../api/Dashboard.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { words as allWords } from "../texts/Words.ts"
import { boardTexts } from "./BoardTexts.ts"
import { type Column, columns, type Sort } from "./Filter.ts"
import { OrderRow } from "./OrderRow.tsx"
import "./OrderTable.css"

const numeric: ReadonlySet<Column> = new Set(["qty", "price"])
const tallBelow = 720
/** So close to the end the older orders are read. */
const ahead = 60

const Heading = (
  { column, onSort, sort }: {
    readonly column: Column
    readonly sort: Sort
    readonly onSort: (column: Column) => void
  }
) => {
  const { fields } = useTexts(allWords)
  const { sortBy } = useTexts(boardTexts)
  const sorts = sort.by === column
  const direction = sort.descending ? "descending" : "ascending"
  return (
    <th
      role="columnheader"
      scope="col"
      className={numeric.has(column) ? "number" : ""}
      aria-sort={sorts ? direction : undefined}
    >
      <button
        type="button"
        className="heading"
        title={sortBy(fields[column])}
        onClick={() => onSort(column)}
      >
        {fields[column]}
        <span aria-hidden="true">{sorts ? (sort.descending ? " ↓" : " ↑") : ""}</span>
      </button>
    </th>
  )
}

/** However many rows there are, only those in sight are drawn. Arrow keys, page keys, Home and End move between them. */
export const OrderTable = ({ label, onMore, onSort, sort, version, view }: {
  readonly label: string
  readonly view: ReadonlyArray<Row>
  readonly version: number
  readonly sort: Sort
  readonly onSort: (column: Column) => void
  readonly onMore: () => void
}) => {
  const words = useTexts(allWords)
  const format = useFormat()
  const texts = useTexts(boardTexts)
  const scroller = useRef<HTMLDivElement>(null)
  const [tall, setTall] = useState(() => window.innerWidth < tallBelow)
  const [active, setActive] = useState("")
  const anchor = useRef<{ readonly id: string; readonly index: number } | null>(null)
  const [above, setAbove] = useState(0)
  const height = tall ? 92 : 44

  useEffect(() => {
    const measure = () => setTall(window.innerWidth < tallBelow)
    addEventListener("resize", measure)
    return () => removeEventListener("resize", measure)
  }, [])

  const virtual = useVirtualizer({
    count: view.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    getItemKey: (index) => view[index]?.orderId ?? index
  })
  useLayoutEffect(() => virtual.measure(), [height, virtual])

  const items = virtual.getVirtualItems()
  const first = items[0]
  const last = items.at(-1)

  // Orders that come in above must not push away what is being read.
  useLayoutEffect(() => {
    const element = scroller.current
    const before = anchor.current
    if (element === null) return
    if (element.scrollTop < height) {
      anchor.current = null
      setAbove(0)
      return
    }
    if (before !== null) {
      const at = view.findIndex(({ orderId }, index) => index >= before.index && orderId === before.id)
      if (at > before.index) {
        element.scrollTop += (at - before.index) * height
        setAbove((known) => known + at - before.index)
      }
    }
    const index = Math.floor(element.scrollTop / height)
    const row = view[index]
    anchor.current = row === undefined ? null : { id: row.orderId, index }
  }, [version, view, height])

  useEffect(() => {
    if (last !== undefined && last.index >= view.length - ahead) onMore()
  }, [last?.index, view.length, onMore])

  const indexOf = (orderId: string) => view.findIndex((row) => row.orderId === orderId)
  const current = view.some(({ orderId }) => orderId === active) ? active : view[first?.index ?? 0]?.orderId

  const go = (index: number) => {
    const target = Math.max(0, Math.min(view.length - 1, index))
    const row = view[target]
    if (row === undefined) return
    setActive(row.orderId)
    virtual.scrollToIndex(target)
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-order="${row.orderId}"] a`)?.focus({
          preventScroll: true
        })
      )
    )
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const from = event.target instanceof Element
      ? event.target.closest("[data-order]")?.getAttribute("data-order")
      : null
    if (from === null || from === undefined) return
    const at = indexOf(from)
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? height) / height) - 2)
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: view.length - 1
    }
    const to = steps[event.key]
    if (to === undefined) return
    event.preventDefault()
    go(to)
  }

  return (
    <div className="orders-frame">
      {above === 0 ?
        null :
        (
          <button
            type="button"
            className="primary above"
            onClick={() => scroller.current?.scrollTo({ top: 0 })}
          >
            ↑ {texts.fresh(above)}
          </button>
        )}
      <div className="orders-scroller" ref={scroller} data-tall={tall}>
        <table
          role="table"
          className="orders"
          aria-label={label}
          aria-rowcount={view.length + 1}
          onKeyDown={onKeyDown}
        >
          <thead role="rowgroup">
            <tr role="row" aria-rowindex={1}>
              {columns.map((column) => <Heading key={column} column={column} sort={sort} onSort={onSort} />)}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {first === undefined || first.start === 0 ? null : <Space height={first.start} />}
            {items.map(({ index, key }) => {
              const row = view[index]
              return row === undefined
                ? null
                : (
                  <OrderRow
                    key={key}
                    row={row}
                    index={index}
                    active={row.orderId === current}
                    words={words}
                    format={format}
                  />
                )
            })}
            {last === undefined ? null : <Space height={virtual.getTotalSize() - last.end} />}
          </tbody>
        </table>
      </div>
    </div>
  )
}

/** In place of the rows that are out of sight. */
const Space = ({ height }: { readonly height: number }) => (
  <tr aria-hidden="true" className="space">
    <td colSpan={columns.length} style={{ height }} />
  </tr>
)
