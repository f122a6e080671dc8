import { Link } from "wouter"
import type { Counts } from "../api/Dashboard.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { words } from "../texts/Words.ts"
import { boardTexts } from "./BoardTexts.ts"
import type { Group } from "./Filter.ts"
import "./Tiles.css"

const states = ["Complete", "Cancelled", "Rejected"] as const

/** How many orders stand where, over all branches; each count is also the way to its orders. */
export const Tiles = ({ addressOf, chosen, counts, rate }: {
  readonly counts: Counts | null
  /** Null for those whom it does not concern. */
  readonly rate: number | null
  readonly chosen: Group | ""
  readonly addressOf: (group: Group | "") => string
}) => {
  const texts = useTexts(boardTexts)
  const { lane, state: names } = useTexts(words)
  const format = useFormat()
  const tile = (group: Group | "", name: string, count: number | undefined) => (
    <Link
      key={group}
      href={addressOf(group)}
      className="tile"
      data-tile={group}
      data-wanted={group === "Attention" && count !== undefined && count > 0}
      aria-current={group === chosen ? "true" : undefined}
    >
      <span className="count">{count === undefined ? "–" : format.number(count)}</span>
      <span className="name">{name}</span>
    </Link>
  )
  return (
    <div className="tiles" role="group" aria-label={texts.tiles}>
      {rate === null ? null : (
        <p className="tile figure">
          <span className="count">{format.rate(rate)}</span>
          <span className="name">{texts.rate}</span>
        </p>
      )}
      {tile("Attention", lane.Attention, counts?.Attention)}
      {tile("", texts.all, counts?.total)}
      {tile("Registered", names.Registered, counts?.Registered)}
      {tile("Paid", lane.Paid, counts?.Paid)}
      {tile("InDelivery", lane.InDelivery, counts?.InDelivery)}
      {states.map((state) => tile(state, names[state], counts?.[state]))}
    </div>
  )
}
