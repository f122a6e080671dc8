/** Language of the dashboard: one row per order, as a branch or headquarters watches it. Money is in minor units. */
import { DeliveryStatus } from "@saucier/delivery/Delivery"
import { BranchId, SauceId } from "@saucier/kernel/Goods"
import { OrderId } from "@saucier/kernel/Ids"
import { OrderStatus } from "@saucier/order/Order"
import { PaymentStatus } from "@saucier/payment/Payment"
import * as Schema from "effect/Schema"

/**
 * `Registered`: not paid yet. `Preparing`: paid and on its way. `Complete`: delivered.
 * A cancellation that was asked for shows only once it is certain: until then the order may still be delivered.
 */
export const DashboardState = Schema.Literal("Registered", "Preparing", "Complete", "Cancelled", "Rejected")
export type DashboardState = typeof DashboardState.Type

/**
 * What people watch across the states. `Paid`: and not on its way. `InDelivery`: left headquarters, has not arrived; both make up
 * `Preparing`. `Attention`: somebody has to look at its payment, or its delivery has failed.
 */
export const DashboardLane = Schema.Literal("Paid", "InDelivery", "Attention")
export type DashboardLane = typeof DashboardLane.Type

/** A field is null while no event that tells it has arrived: the three feeds come in any interleaving. */
export const DashboardRow = Schema.Struct({
  orderId: OrderId,
  branchId: Schema.NullOr(BranchId),
  sauceId: Schema.NullOr(SauceId),
  qty: Schema.NullOr(Schema.Number),
  price: Schema.NullOr(Schema.Number),
  orderStatus: Schema.NullOr(OrderStatus),
  paymentStatus: Schema.NullOr(PaymentStatus),
  deliveryStatus: Schema.NullOr(DeliveryStatus),
  state: DashboardState,
  attention: Schema.optionalWith(Schema.Boolean, { default: () => false }),
  updatedAt: Schema.DateTimeUtc
}).annotations({ identifier: "DashboardRow" })
export type DashboardRow = typeof DashboardRow.Type

const laneCount = Schema.optionalWith(Schema.NonNegativeInt, { default: () => 0 })

/** `total` is the sum of the states. */
export const DashboardCounts = Schema.Struct({
  Registered: Schema.NonNegativeInt,
  Preparing: Schema.NonNegativeInt,
  Complete: Schema.NonNegativeInt,
  Cancelled: Schema.NonNegativeInt,
  Rejected: Schema.NonNegativeInt,
  Paid: laneCount,
  InDelivery: laneCount,
  Attention: laneCount,
  total: Schema.NonNegativeInt
}).annotations({ identifier: "DashboardCounts" })
export type DashboardCounts = typeof DashboardCounts.Type

/** The newest order first; `nextCursor` continues after the last item, and is null at the end. */
export const DashboardPage = Schema.Struct({
  items: Schema.Array(DashboardRow),
  nextCursor: Schema.NullOr(OrderId)
}).annotations({ identifier: "DashboardPage" })
export type DashboardPage = typeof DashboardPage.Type

/** Rises with every change of any row, and is never used twice. */
export const ChangeSeq = Schema.NonNegativeInt
export type ChangeSeq = typeof ChangeSeq.Type

export const DashboardChange = Schema.Struct({ seq: ChangeSeq, row: DashboardRow })
export type DashboardChange = typeof DashboardChange.Type

/** The newest version of each row that changed, in the order of change. `last` is where the next page begins. */
export const DashboardChanges = Schema.Struct({ changes: Schema.Array(DashboardChange), last: ChangeSeq })
export type DashboardChanges = typeof DashboardChanges.Type

export class DashboardRowNotFound
  extends Schema.TaggedError<DashboardRowNotFound>()("DashboardRowNotFound", {})
{
  override get message() {
    return "The dashboard knows no such order"
  }
}
