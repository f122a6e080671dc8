import { useEffect, useState } from "react"
import * as Dashboard from "../api/Dashboard.ts"
import { useLoaded } from "../api/useLoaded.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import * as Draft from "./Draft.ts"
import { placeTexts } from "./PlaceTexts.ts"
import { faultOf } from "./Validation.ts"

const settle = 300
const most = 8

/** Each sauce once, as it was ordered last. */
const distinct = (rows: ReadonlyArray<Dashboard.Row>): ReadonlyArray<Dashboard.Row> =>
  [...new Map(
    rows.filter(({ sauceId }) => sauceId !== null).toReversed().map((row) => [`${row.sauceId}`, row])
  ).values()]
    .toReversed().slice(0, most)

/** What a branch ordered lately, to be ordered again with one press. */
export const Recent = (
  { branch, onChoose }: { readonly branch: string; readonly onChoose: (draft: Draft.Draft) => void }
) => {
  const texts = useTexts(placeTexts)
  const format = useFormat()
  const valid = faultOf("branchId", branch) === null
  const [asked, ask] = useState(valid ? branch : "")
  useEffect(() => {
    const timer = setTimeout(() => ask(valid ? branch : ""), settle)
    return () => clearTimeout(timer)
  }, [branch, valid])
  const { value } = useLoaded<ReadonlyArray<Dashboard.Row>>(
    async (signal) =>
      asked === ""
        ? []
        : distinct((await Dashboard.list({ state: "", branch: asked, cursor: "", limit: 50 }, signal)).items),
    [asked]
  )
  if (asked === "") return <p className="muted">{texts.recentNone}</p>
  if (value === null) return null
  if (value.length === 0) return <p className="muted">{texts.recentEmpty}</p>
  return (
    <>
      <p className="muted small">{texts.recentHint}</p>
      <ul className="recent">
        {value.map((row) => (
          <li key={row.orderId}>
            <button type="button" onClick={() => onChoose(Draft.of(row))}>
              <strong>{row.sauceId}</strong> <span>× {format.number(row.qty)}</span>
              <span className="muted">{format.money(row.price)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
