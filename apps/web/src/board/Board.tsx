import { lazy, Suspense } from "react"
import { Link, useLocation, useSearch } from "wouter"
import { capacity } from "../live/Rows.ts"
import { placePath } from "../Paths.ts"
import { usePulse } from "../pulse/usePulse.ts"
import * as Window from "../pulse/Window.ts"
import { usePrincipal } from "../session/Session.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { Page } from "../ui/Page.tsx"
import { Empty, Failed, Loading } from "../ui/Trouble.tsx"
import { boardTexts } from "./BoardTexts.ts"
import * as Filter from "./Filter.ts"
import { Filters } from "./Filters.tsx"
import { OrderTable } from "./OrderTable.tsx"
import { Tiles } from "./Tiles.tsx"
import { useCounts } from "./useCounts.ts"
import { useOrders } from "./useOrders.ts"
import { useView } from "./useView.ts"

/** The table comes first; the charts are loaded beside it. */
const Charts = lazy(async () => ({ default: (await import("../pulse/Charts.tsx")).Charts }))

/** All orders as they move. What is shown is in the address. */
export const Board = () => {
  const texts = useTexts(boardTexts)
  const format = useFormat()
  const [, navigate] = useLocation()
  const filter = Filter.parse(useSearch())
  const orders = useOrders(filter.state, filter.branch)
  const view = useView(orders, filter)
  const watches = usePrincipal()?.role === "operator"
  const pulse = usePulse(watches)
  const { more, problem, reload, rows } = orders

  const addressOf = (next: Filter.Filter) => {
    const search = Filter.format(next)
    return search === "" ? "/" : `/?${search}`
  }
  const show = (next: Filter.Filter) => navigate(addressOf(next), { replace: next.search !== filter.search })

  const reach = () => {
    if (rows.full) return texts.capped(format.number(capacity))
    return rows.complete ? texts.complete : texts.more
  }

  const none = () => {
    if (orders.loading && rows.size === 0) return <Loading what={texts.loading} />
    if (!Filter.isRestricted(filter) && rows.complete) {
      return (
        <Empty>
          <p>{texts.empty}</p>
          <Link className="button primary" href={placePath}>{texts.emptyAction}</Link>
        </Empty>
      )
    }
    return (
      <Empty>
        <p>{rows.complete ? texts.noMatch : texts.noMatchYet}</p>
        {rows.complete || rows.full ? null : <button type="button" onClick={more}>{texts.readOlder}</button>}
      </Empty>
    )
  }

  return (
    <Page title={texts.title} unseen>
      <Tiles
        counts={useCounts()}
        rate={watches ? Window.figures(pulse).orders : null}
        chosen={filter.state}
        addressOf={(state) => addressOf({ ...filter, state })}
      />
      {watches ?
        (
          <Suspense fallback={<div className="charts-room" />}>
            <Charts window={pulse} />
          </Suspense>
        ) :
        null}
      <section className="card" aria-label={texts.table}>
        <div className="orders-head line">
          <h2>{texts.table}</h2>
          <span className="muted small">
            {texts.shown(format.number(view.length), format.number(rows.size))}, {reach()}
          </span>
          <div className="push">
            <Filters filter={filter} onChange={show} />
          </div>
        </div>
        {problem === null
          ? null
          : <Failed what={texts.failed} problem={problem} onRetry={rows.size === 0 ? reload : more} />}
        {view.length > 0
          ? (
            <OrderTable
              label={texts.table}
              view={view}
              version={orders.version}
              sort={filter.sort}
              onSort={(column) => show({ ...filter, sort: Filter.nextSort(filter.sort, column) })}
              onMore={more}
            />
          )
          : problem === null
          ? none()
          : null}
      </section>
    </Page>
  )
}
