import { useState } from "react"
import { useSearch } from "wouter"
import type { Placed } from "../api/Orders.ts"
import { usePrincipal } from "../session/Session.ts"
import { useTexts } from "../texts/Language.ts"
import { Page } from "../ui/Page.tsx"
import * as Remembered from "../ui/Remembered.ts"
import * as Attempt from "./Attempt.ts"
import * as Draft from "./Draft.ts"
import { JustPlaced } from "./JustPlaced.tsx"
import { OrderForm } from "./OrderForm.tsx"
import { placeTexts } from "./PlaceTexts.ts"
import { Recent } from "./Recent.tsx"
import "./Place.css"

/** The address, else the attempt that had no answer, else this browser's branch. */
const begin = (search: string): Draft.Draft => {
  if (search !== "") return Draft.ofSearch(search)
  const open = Attempt.open()
  return open === null ? Draft.of({ branchId: Remembered.get("branch") }) : Draft.of(open.body)
}

/** Where a branch orders: what it ordered before is one press away. */
export const Place = () => {
  const texts = useTexts(placeTexts)
  const search = useSearch()
  const branchId = usePrincipal()?.branchId ?? null
  const [draft, setDraft] = useState(() => ({
    ...begin(search),
    ...(branchId === null ? {} : { branchId })
  }))
  const [placed, setPlaced] = useState<ReadonlyArray<Placed>>([])
  const onPlaced = (next: Placed) => {
    Remembered.set("branch", next.order.branchId)
    setPlaced((before) => [next, ...before.filter(({ order }) => order.id !== next.order.id)])
    setDraft({ ...Draft.empty, branchId: next.order.branchId })
  }
  return (
    <Page title={texts.title}>
      <div className="place">
        <section className="card padded" aria-label={texts.form}>
          <OrderForm draft={draft} onDraft={setDraft} onPlaced={onPlaced} />
        </section>
        <div className="stack">
          {placed.length === 0 ? null : (
            <section className="card padded stack" aria-labelledby="placed-title">
              <h2 id="placed-title">{texts.placed}</h2>
              <ul className="placed stack">
                {placed.map((each) => <JustPlaced key={each.order.id} placed={each} />)}
              </ul>
            </section>
          )}
          <section className="card padded stack" aria-labelledby="recent-title">
            <h2 id="recent-title">{texts.recent}</h2>
            <Recent branch={Draft.clean("branchId", draft.branchId)} onChoose={setDraft} />
          </section>
        </div>
      </div>
    </Page>
  )
}
