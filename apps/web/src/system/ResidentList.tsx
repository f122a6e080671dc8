import { Link } from "wouter"
import type { Residents } from "../api/Systems.ts"
import { storyPath } from "../Paths.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { systemTexts } from "./SystemTexts.ts"

/** Payment and delivery of an order share the part after the prefix. */
const orderOf = (id: string): string | null => {
  const [, suffix] = /^(?:ord|pay|dlv)_(.+)$/.exec(id) ?? []
  return suffix === undefined ? null : `ord_${suffix}`
}

export const ResidentList = ({ residents: { items, more } }: { readonly residents: Residents }) => {
  const texts = useTexts(systemTexts)
  const format = useFormat()
  if (items.length === 0) return <p className="muted">{texts.noResidents}</p>
  return (
    <ul className="residents">
      {items.map(({ id, type }) => {
        const order = orderOf(id)
        return (
          <li key={`${type} ${id}`}>
            {type} {order === null
              ? <code>{id}</code>
              : (
                <Link href={storyPath(order)}>
                  <code>{id}</code>
                </Link>
              )}
          </li>
        )
      })}
      {more === 0 ? null : <li className="muted">{texts.moreResidents(format.number(more))}</li>}
    </ul>
  )
}
