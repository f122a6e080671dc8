import type { Row } from "../api/Dashboard.ts"
import type { DeliveryView, Status } from "../api/Deliveries.ts"

export interface Listed {
  readonly items: ReadonlyArray<DeliveryView>
  /** There are others beyond these. */
  readonly more: boolean
}

/** The list of a status but for those that the newest of these rows says have another by now. */
export const withoutGone = (listed: Listed, status: Status, rows: ReadonlyArray<Row>): Listed => {
  const latest = new Map(rows.map(({ deliveryStatus, orderId }) => [orderId, deliveryStatus]))
  const items = listed.items.filter(({ orderId }) => (latest.get(orderId) ?? status) === status)
  return items.length === listed.items.length ? listed : { ...listed, items }
}
