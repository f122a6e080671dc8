import type { Counts, State } from "../api/Dashboard.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { words } from "../texts/Words.ts"
import { boardTexts } from "./BoardTexts.ts"
import { states } from "./Filter.ts"
import "./Tiles.css"

/** How many orders stand where, over all branches; each count is also the filter for its orders. */
export const Tiles = ({ chosen, counts, onChoose, rate }: {
  readonly counts: Counts | null
  /** Null for those whom it does not concern. */
  readonly rate: number | null
  readonly chosen: State | ""
  readonly onChoose: (state: State | "") => void
}) => {
  const texts = useTexts(boardTexts)
  const { state: names } = useTexts(words)
  const format = useFormat()
  const tile = (state: State | "", name: string, count: number | undefined) => (
    <button
      key={name}
      type="button"
      className="tile"
      data-state={state}
      aria-pressed={state === chosen}
      onClick={() => onChoose(state)}
    >
      <span className="count">{count === undefined ? "–" : format.number(count)}</span>
      <span className="name">{name}</span>
    </button>
  )
  return (
    <div className="tiles" role="group" aria-label={texts.tiles}>
      {rate === null ? null : (
        <p className="tile figure">
          <span className="count">{format.rate(rate)}</span>
          <span className="name">{texts.rate}</span>
        </p>
      )}
      {tile("", texts.all, counts?.total)}
      {states.map((state) => tile(state, names[state], counts?.[state]))}
    </div>
  )
}
