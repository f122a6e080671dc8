/** What people may do to an order as it stands. */
import type { Row } from "../api/Dashboard.ts"
import * as Deliveries from "../api/Deliveries.ts"

export type Action = Deliveries.Step | "cancel"

type Standing = Pick<Row, "deliveryStatus" | "orderStatus" | "state">

const before: ReadonlySet<Row["orderStatus"]> = new Set([
  null,
  "Registered",
  "PaymentPending",
  "Paid",
  "Preparing"
])

const cancellable = ({ deliveryStatus, orderStatus }: Standing): boolean =>
  before.has(orderStatus) && (deliveryStatus === null || deliveryStatus === "Preparing")

export const actionsOf = (row: Standing): ReadonlyArray<Action> => {
  if (row.state === "Cancelled" || row.state === "Rejected" || row.orderStatus === "Cancelling") return []
  return [...Deliveries.stepsAfter(row.deliveryStatus), ...(cancellable(row) ? ["cancel" as const] : [])]
}
