/**
 * What the events of one order have told so far, from three feeds that know nothing of each other.
 *
 * Each facet keeps the version it has reached: an event that is not newer changes nothing, so that any interleaving of
 * the feeds and any repetition within them comes to the same facets.
 */
import type { DeliveryEvent, DeliveryStatus } from "@saucier/delivery/Delivery"
import type { RecordedEvent } from "@saucier/eventsourcing/Event"
import type { BranchId, Goods, SauceId } from "@saucier/kernel/Goods"
import type { OrderId } from "@saucier/kernel/Ids"
import type { Money } from "@saucier/kernel/Money"
import type { OrderEvent, OrderStatus } from "@saucier/order/Order"
import { attentionSince, type PaymentEvent, type PaymentStatus } from "@saucier/payment/Payment"

export interface OrderFacets {
  readonly orderId: OrderId
  readonly branchId: BranchId | null
  readonly sauceId: SauceId | null
  readonly qty: number | null
  readonly price: number | null
  readonly orderVersion: number
  readonly orderStatus: OrderStatus | null
  /** Where the order returns to if its cancellation is refused. */
  readonly resume: OrderStatus | null
  readonly paymentVersion: number
  readonly paymentStatus: PaymentStatus | null
  /** Since when somebody has to look at the payment, epoch milliseconds. */
  readonly attentionSince: number | null
  readonly deliveryVersion: number
  readonly deliveryStatus: DeliveryStatus | null
  /** The newest time at which one of the events occurred, epoch milliseconds. */
  readonly updatedAt: number
}

type Facts = Partial<Omit<OrderFacets, "orderId">>
type Recorded = Pick<RecordedEvent, "version" | "occurredAt">

export const empty = (orderId: OrderId): OrderFacets => ({
  orderId,
  branchId: null,
  sauceId: null,
  qty: null,
  price: null,
  orderVersion: 0,
  orderStatus: null,
  resume: null,
  paymentVersion: 0,
  paymentStatus: null,
  attentionSince: null,
  deliveryVersion: 0,
  deliveryStatus: null,
  updatedAt: 0
})

const ofGoods = (goods: Goods): Facts => ({
  branchId: goods.branchId,
  sauceId: goods.sauceId,
  qty: goods.quantity
})

/** The order's own word on goods and price wins over what payment and delivery were told. */
const unlessTold = (facets: OrderFacets, goods: Goods, price?: Money): Facts =>
  facets.orderVersion > 0
    ? {}
    : { ...ofGoods(goods), ...(price === undefined ? {} : { price: price.amount }) }

const move = (facets: OrderFacets, status: OrderStatus): Facts =>
  facets.orderStatus === "Cancelling" ? { resume: status } : { orderStatus: status }

const orderFacts = (facets: OrderFacets, event: OrderEvent): Facts => {
  switch (event._tag) {
    case "OrderRegistered":
      return { ...ofGoods(event.goods), price: event.price.amount, orderStatus: "Registered" }
    case "OrderPaymentPending":
      return move(facets, "PaymentPending")
    case "OrderPaid":
      return move(facets, "Paid")
    case "OrderPreparing":
      return move(facets, "Preparing")
    case "OrderDispatched":
      return move(facets, "Dispatched")
    case "OrderDelivered":
      return move(facets, "Delivered")
    case "OrderRejected":
      return { orderStatus: "Rejected", resume: null }
    case "OrderCancellationRequested":
      return { orderStatus: "Cancelling", resume: facets.orderStatus }
    case "OrderCancelled":
      return { orderStatus: "Cancelled", resume: null }
    case "OrderCancellationRefused":
      return { orderStatus: facets.resume ?? facets.orderStatus, resume: null }
  }
}

const paymentFacts = (facets: OrderFacets, event: PaymentEvent): Facts => {
  switch (event._tag) {
    case "PaymentRequested":
      return { ...unlessTold(facets, event.goods, event.amount), paymentStatus: "Requested" }
    case "PaymentCaptured":
      return { ...unlessTold(facets, event.goods), paymentStatus: "Captured" }
    case "PaymentDeclined":
      return { paymentStatus: "Declined" }
    case "PaymentFailed":
      return { paymentStatus: "Failed" }
    case "PaymentOutcomeUnknown":
      return { paymentStatus: "Unknown" }
    case "PaymentVoidRequested":
    case "PaymentAttentionRaised":
    case "PaymentAttentionCleared":
      return {}
    case "PaymentVoided":
      return facets.paymentStatus === "Failed" ? {} : { paymentStatus: "Voided" }
    case "RefundRequested":
    case "RefundDelayed":
      return { paymentStatus: "RefundRequested" }
    case "PaymentRefunded":
      return { paymentStatus: "Refunded" }
  }
}

const deliveryFacts = (facets: OrderFacets, event: DeliveryEvent): Facts => {
  switch (event._tag) {
    case "DeliveryPrepared":
      return { ...unlessTold(facets, event.goods), deliveryStatus: "Preparing" }
    case "DeliveryDispatched":
      return { deliveryStatus: "Dispatched" }
    case "DeliveryDelivered":
      return { deliveryStatus: "Delivered" }
    case "DeliveryFailed":
      return { deliveryStatus: "Failed" }
    case "DeliveryReplanned":
      return { deliveryStatus: "Replanned" }
    case "DeliveryReturned":
      return { deliveryStatus: "Returned" }
    case "DeliveryCancelled":
      return { deliveryStatus: "Cancelled" }
  }
}

/** Folds the events of one feed into the facets of an order. */
export type Evolve<Event> = (facets: OrderFacets, event: Event, recorded: Recorded) => OrderFacets

const newest = (facets: OrderFacets, recorded: Recorded) => Math.max(facets.updatedAt, recorded.occurredAt)

export const evolveOrder: Evolve<OrderEvent> = (facets, event, recorded) =>
  recorded.version <= facets.orderVersion ? facets : {
    ...facets,
    ...orderFacts(facets, event),
    orderVersion: recorded.version,
    updatedAt: newest(facets, recorded)
  }

export const evolvePayment: Evolve<PaymentEvent> = (facets, event, recorded) => {
  if (recorded.version <= facets.paymentVersion) return facets
  const attention = attentionSince(event)
  return {
    ...facets,
    ...paymentFacts(facets, event),
    attentionSince: attention === undefined ? facets.attentionSince : attention,
    paymentVersion: recorded.version,
    updatedAt: newest(facets, recorded)
  }
}

export const evolveDelivery: Evolve<DeliveryEvent> = (facets, event, recorded) =>
  recorded.version <= facets.deliveryVersion ? facets : {
    ...facets,
    ...deliveryFacts(facets, event),
    deliveryVersion: recorded.version,
    updatedAt: newest(facets, recorded)
  }
