/**
 * Ubiquitous language of ordering: commands, events, state, rejections.
 *
 * Event tags and fields are the stored format. Never rename or re-type one; add a new event and an upcaster instead.
 */
import { CommandMeta } from "@saucier/kernel/CommandMeta"
import { Goods } from "@saucier/kernel/Goods"
import { OrderId, PaymentId } from "@saucier/kernel/Ids"
import { Money } from "@saucier/kernel/Money"
import * as Schema from "effect/Schema"

export const OrderStatus = Schema.Literal(
  "Registered",
  "PaymentPending",
  "Paid",
  "Preparing",
  "Dispatched",
  "Delivered",
  "Rejected",
  "Cancelling",
  "Cancelled"
)
export type OrderStatus = typeof OrderStatus.Type

/** Why an order ended without being paid: the card was refused, or the provider could not be reached at all. */
export const RejectionReason = Schema.Literal("payment-declined", "payment-unavailable")
export type RejectionReason = typeof RejectionReason.Type

/** How far the delivery of an order has come, as delivery reports it. */
export const DeliveryStage = Schema.Literal("Preparing", "Dispatched", "Delivered")
export type DeliveryStage = typeof DeliveryStage.Type

export const CancelReason = Schema.Trim.pipe(Schema.minLength(1), Schema.maxLength(500))

const command = { meta: CommandMeta }

export const PlaceOrder = Schema.TaggedStruct("PlaceOrder", {
  ...command,
  orderId: OrderId,
  goods: Goods,
  price: Money
})
export const AwaitPayment = Schema.TaggedStruct("AwaitPayment", command)
export const ConfirmPayment = Schema.TaggedStruct("ConfirmPayment", command)
export const RejectOrder = Schema.TaggedStruct("RejectOrder", { ...command, reason: RejectionReason })
export const CancelOrder = Schema.TaggedStruct("CancelOrder", { ...command, reason: CancelReason })
export const ConfirmCancellation = Schema.TaggedStruct("ConfirmCancellation", command)
export const TrackDelivery = Schema.TaggedStruct("TrackDelivery", { ...command, stage: DeliveryStage })
/** The parcel is back at headquarters for good. */
export const ReturnOrder = Schema.TaggedStruct("ReturnOrder", command)

export const OrderCommand = Schema.Union(
  PlaceOrder,
  AwaitPayment,
  ConfirmPayment,
  RejectOrder,
  CancelOrder,
  ConfirmCancellation,
  TrackDelivery,
  ReturnOrder
)
export type OrderCommand = typeof OrderCommand.Type

const event = { at: Schema.DateTimeUtcFromNumber, orderId: OrderId }

export const OrderRegistered = Schema.TaggedStruct("OrderRegistered", {
  ...event,
  goods: Goods,
  price: Money,
  paymentId: PaymentId
})
export const OrderPaymentPending = Schema.TaggedStruct("OrderPaymentPending", event)
export const OrderPaid = Schema.TaggedStruct("OrderPaid", event)
export const OrderRejected = Schema.TaggedStruct("OrderRejected", { ...event, reason: RejectionReason })
export const OrderPreparing = Schema.TaggedStruct("OrderPreparing", event)
export const OrderDispatched = Schema.TaggedStruct("OrderDispatched", event)
export const OrderDelivered = Schema.TaggedStruct("OrderDelivered", event)
export const OrderCancellationRequested = Schema.TaggedStruct("OrderCancellationRequested", {
  ...event,
  reason: Schema.String
})
const returned = { returned: Schema.optionalWith(Schema.Literal(true), { exact: true }) }

/** `returned`: it had left and came back, as against one that never left. */
export const OrderCancelled = Schema.TaggedStruct("OrderCancelled", {
  ...event,
  ...returned
})
export const OrderCancellationRefused = Schema.TaggedStruct("OrderCancellationRefused", event)

export const OrderEvent = Schema.Union(
  OrderRegistered,
  OrderPaymentPending,
  OrderPaid,
  OrderRejected,
  OrderPreparing,
  OrderDispatched,
  OrderDelivered,
  OrderCancellationRequested,
  OrderCancelled,
  OrderCancellationRefused
)
export type OrderEvent = typeof OrderEvent.Type

/**
 * - `resume` is where the order stood when its cancellation was asked for: where it goes back to if that is refused.
 * - `returned`: it is cancelled since its parcel came back.
 */
export const Order = Schema.TaggedStruct("Order", {
  orderId: OrderId,
  goods: Goods,
  price: Money,
  paymentId: PaymentId,
  status: OrderStatus,
  resume: Schema.NullOr(OrderStatus),
  rejection: Schema.NullOr(RejectionReason),
  rejectedAt: Schema.NullOr(Schema.DateTimeUtcFromNumber),
  ...returned,
  registeredAt: Schema.DateTimeUtcFromNumber
})
export type Order = typeof Order.Type

export const OrderState = Schema.Union(Schema.TaggedStruct("Empty", {}), Order)
export type OrderState = typeof OrderState.Type

export class OrderNotFound extends Schema.TaggedError<OrderNotFound>()("OrderNotFound", {}) {
  override get message() {
    return "There is no such order"
  }
}

export class OrderConflict extends Schema.TaggedError<OrderConflict>()("OrderConflict", {
  command: Schema.String,
  status: OrderStatus
}) {
  override get message() {
    return `${this.command} is not possible while the order is ${this.status}`
  }
}

/** The caller changes an order that it has not seen in its present version. */
export class OrderVersionMismatch extends Schema.TaggedError<OrderVersionMismatch>()("OrderVersionMismatch", {
  actual: Schema.Number
}) {
  override get message() {
    return `The order stands at version ${this.actual} by now: read it again, then decide`
  }
}

export const OrderRejection = Schema.Union(OrderNotFound, OrderConflict)
export type OrderRejection = typeof OrderRejection.Type
