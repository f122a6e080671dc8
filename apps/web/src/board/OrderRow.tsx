import { memo } from "react"
import { Link } from "wouter"
import type { Row } from "../api/Dashboard.ts"
import { shortId } from "../order/ShortId.ts"
import { storyPath } from "../Paths.ts"
import type { Format } from "../texts/Format.ts"
import type { Words } from "../texts/Words.ts"
import { Badge, StateBadge } from "../ui/Badge.tsx"

/** Payment and delivery, where they say more than the state does. */
const progress = ({ deliveryStatus, orderStatus, paymentStatus }: Row, words: Words): string => {
  const parts = [
    orderStatus === "Cancelling" || orderStatus === "PaymentPending" ? words.order[orderStatus] : null,
    paymentStatus === null ? null : words.payment[paymentStatus],
    deliveryStatus === null ? null : words.delivery[deliveryStatus]
  ]
  return parts.filter((part) => part !== null).join(" · ")
}

/** One order of the board. `index` counts from 0 over all that match. */
export const OrderRow = memo(({ active, format, index, row, words }: {
  readonly row: Row
  readonly index: number
  /** The arrow keys are at this row. */
  readonly active: boolean
  readonly words: Words
  readonly format: Format
}) => (
  <tr role="row" aria-rowindex={index + 2} data-order={row.orderId} data-even={index % 2 === 0}>
    <td role="cell">
      <Link href={storyPath(row.orderId)} tabIndex={active ? 0 : -1} title={row.orderId}>
        <code>{shortId(row.orderId)}</code>
      </Link>
    </td>
    <td role="cell">{row.branchId ?? "–"}</td>
    <td role="cell">{row.sauceId ?? "–"}</td>
    <td role="cell" className="number">{format.number(row.qty)}</td>
    <td role="cell" className="number">{format.money(row.price)}</td>
    <td role="cell" className="status">
      <StateBadge state={row.state} />{" "}
      {row.attention === true ? <Badge tone="bad" text={words.lane.Attention} /> : null}{" "}
      <span className="muted small">{progress(row, words)}</span>
    </td>
    <td role="cell" className="muted">
      <time dateTime={row.updatedAt} key={row.updatedAt} className="fresh">
        {format.short(new Date(row.updatedAt))}
      </time>
    </td>
  </tr>
))
