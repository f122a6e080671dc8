/** From what is known of an order to the row that people see. */
import type { OrderStatus } from "@saucier/order/Order"
import * as DateTime from "effect/DateTime"
import type { DashboardRow, DashboardState } from "./Dashboard.ts"
import type { OrderFacets } from "./OrderFacets.ts"

/** Before the order's own first event, what payment and delivery imply. */
const implied = ({ deliveryStatus, paymentStatus }: OrderFacets): DashboardState => {
  if (deliveryStatus === "Delivered") return "Complete"
  if (paymentStatus === "Declined" || paymentStatus === "Failed") return "Rejected"
  if (deliveryStatus === "Cancelled") return "Cancelled"
  switch (paymentStatus) {
    case "Voided":
    case "RefundRequested":
    case "Refunded":
      return "Cancelled"
    case "Captured":
      return "Preparing"
    case "Requested":
    case "Unknown":
    case null:
      return deliveryStatus === null ? "Registered" : "Preparing"
  }
}

/** The order says when it has ended; until then payment or delivery may have got further than it knows. */
const ofOrder = (status: OrderStatus, facets: OrderFacets): DashboardState => {
  const { deliveryStatus, paymentStatus } = facets
  switch (status) {
    case "Rejected":
    case "Cancelled":
      return status
    case "Delivered":
      return "Complete"
    case "Cancelling":
      return implied(facets)
    case "Registered":
    case "PaymentPending": {
      if (deliveryStatus === "Delivered") return "Complete"
      const preparing = deliveryStatus !== null && deliveryStatus !== "Cancelled"
      return preparing || paymentStatus === "Captured" ? "Preparing" : "Registered"
    }
    case "Paid":
    case "Preparing":
    case "Dispatched":
      return deliveryStatus === "Delivered" ? "Complete" : "Preparing"
  }
}

export const stateOf = (facets: OrderFacets): DashboardState => {
  const stands = facets.orderStatus === "Cancelling" ? facets.resume : facets.orderStatus
  return stands === null ? implied(facets) : ofOrder(stands, facets)
}

/** Nothing goes on by itself here: the payment asks for a look, or its parcel waits to be sent again or taken back. */
const attention = ({ attentionSince, deliveryStatus }: OrderFacets) =>
  attentionSince !== null || deliveryStatus === "Failed"

export const row = (facets: OrderFacets): DashboardRow => ({
  orderId: facets.orderId,
  branchId: facets.branchId,
  sauceId: facets.sauceId,
  qty: facets.qty,
  price: facets.price,
  orderStatus: facets.orderStatus,
  paymentStatus: facets.paymentStatus,
  deliveryStatus: facets.deliveryStatus,
  state: stateOf(facets),
  attention: attention(facets),
  updatedAt: DateTime.unsafeMake(facets.updatedAt)
})
