import { useEffect, useState } from "react"
import { Link } from "wouter"
import type { Row } from "../api/Dashboard.ts"
import type { Placed } from "../api/Orders.ts"
import * as Feed from "../live/Feed.ts"
import { shortId } from "../order/ShortId.ts"
import { storyPath } from "../Paths.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { StateBadge } from "../ui/Badge.tsx"
import { placeTexts } from "./PlaceTexts.ts"

/** An order that was placed a moment ago, with what has become of it since. */
export const JustPlaced = ({ placed }: { readonly placed: Placed }) => {
  const texts = useTexts(placeTexts)
  const format = useFormat()
  const { order, pending, replayed } = placed
  const [row, setRow] = useState<Row | null>(null)
  useEffect(() => Feed.onRow(order.id, setRow), [order.id])
  return (
    <li>
      <p className="line">
        <code>{shortId(order.id)}</code>
        <span>{order.sauceId} × {format.number(order.qty)}</span>
        <strong>{format.money(order.price)}</strong>
        <StateBadge state={row?.state ?? (pending ? "Registered" : "Preparing")} />
        <Link className="push" href={storyPath(order.id)}>{texts.story}</Link>
      </p>
      <p className="muted small">
        {pending ? texts.pending : texts.paid}
        {replayed ? ` ${texts.replayed}` : ""}
      </p>
    </li>
  )
}
