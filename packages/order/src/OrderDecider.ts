import type { Decider } from "@saucier/eventsourcing/Decider"
import { paymentIdOf } from "@saucier/kernel/Ids"
import * as Either from "effect/Either"
import {
  type DeliveryStage,
  type Order,
  OrderCancellationRefused,
  OrderCancellationRequested,
  OrderCancelled,
  type OrderCommand,
  OrderConflict,
  OrderDelivered,
  OrderDispatched,
  type OrderEvent,
  OrderNotFound,
  OrderPaid,
  OrderPaymentPending,
  OrderPreparing,
  OrderRegistered,
  OrderRejected,
  type OrderRejection,
  type OrderState,
  type OrderStatus
} from "./Order.ts"

type Decision = Either.Either<ReadonlyArray<OrderEvent>, OrderRejection>
type Known = Exclude<OrderCommand, { readonly _tag: "PlaceOrder" }>

const accept = (...events: ReadonlyArray<OrderEvent>): Decision => Either.right(events)
const reject = (command: OrderCommand, order: Order): Decision =>
  Either.left(new OrderConflict({ command: command._tag, status: order.status }))

const unpaid = (status: OrderStatus | null) => status === "Registered" || status === "PaymentPending"

const stages: ReadonlyArray<DeliveryStage> = ["Preparing", "Dispatched", "Delivered"]

/** Delivery's word may outrun payment's: what it implies is recorded with it. */
const track = (
  command: Extract<OrderCommand, { readonly _tag: "TrackDelivery" }>,
  order: Order
): Decision => {
  const at = { at: command.meta.at, orderId: order.orderId }
  const cancelling = order.status === "Cancelling"
  // Delivery had begun before it was cancelled, and its word of that comes late.
  if (command.stage === "Preparing" && (cancelling || order.status === "Cancelled")) return accept()
  if (order.status === "Rejected" || order.status === "Cancelled") return reject(command, order)
  const stood = cancelling ? order.resume : order.status
  const reached = stages.findIndex((stage) => stage === stood)
  const missing = stages.slice(reached + 1, stages.indexOf(command.stage) + 1)
  return accept(
    ...(cancelling ? [OrderCancellationRefused.make(at)] : []),
    ...(unpaid(stood) ? [OrderPaid.make(at)] : []),
    ...missing.map((stage): OrderEvent => {
      switch (stage) {
        case "Preparing":
          return OrderPreparing.make(at)
        case "Dispatched":
          return OrderDispatched.make(at)
        case "Delivered":
          return OrderDelivered.make(at)
      }
    })
  )
}

const decideKnown = (command: Known, order: Order): Decision => {
  const at = { at: command.meta.at, orderId: order.orderId }
  switch (command._tag) {
    case "AwaitPayment":
      return order.status === "Registered" ? accept(OrderPaymentPending.make(at)) : accept()
    case "ConfirmPayment":
      return unpaid(order.status) || unpaid(order.resume) ? accept(OrderPaid.make(at)) : accept()
    case "RejectOrder":
      return unpaid(order.status) ? accept(OrderRejected.make({ ...at, reason: command.reason })) : accept()
    case "CancelOrder":
      switch (order.status) {
        case "Registered":
        case "PaymentPending":
        case "Paid":
        case "Preparing":
          return accept(OrderCancellationRequested.make({ ...at, reason: command.reason }))
        case "Cancelling":
        case "Cancelled":
          return accept()
        case "Dispatched":
        case "Delivered":
        case "Rejected":
          return reject(command, order)
      }
    case "ConfirmCancellation":
      if (order.status === "Cancelling") return accept(OrderCancelled.make(at))
      return order.status === "Cancelled" ? accept() : reject(command, order)
    case "TrackDelivery":
      return track(command, order)
  }
}

const move = (order: Order, status: OrderStatus): Order =>
  order.status === "Cancelling" ? { ...order, resume: status } : { ...order, status }

const evolveKnown = (
  order: Order,
  event: Exclude<OrderEvent, { readonly _tag: "OrderRegistered" }>
): Order => {
  switch (event._tag) {
    case "OrderPaymentPending":
      return move(order, "PaymentPending")
    case "OrderPaid":
      return move(order, "Paid")
    case "OrderPreparing":
      return move(order, "Preparing")
    case "OrderDispatched":
      return move(order, "Dispatched")
    case "OrderDelivered":
      return move(order, "Delivered")
    case "OrderRejected":
      return { ...order, status: "Rejected", resume: null, rejection: event.reason, rejectedAt: event.at }
    case "OrderCancellationRequested":
      return { ...order, status: "Cancelling", resume: order.status }
    case "OrderCancelled":
      return { ...order, status: "Cancelled", resume: null }
    case "OrderCancellationRefused":
      return { ...order, status: order.resume ?? order.status, resume: null }
  }
}

export const orderDecider: Decider<OrderCommand, OrderEvent, OrderState, OrderRejection> = {
  initial: { _tag: "Empty" },

  decide: (command, state) => {
    if (command._tag === "PlaceOrder") {
      if (state._tag === "Order") return reject(command, state)
      const { goods, meta, orderId, price } = command
      return accept(
        OrderRegistered.make({ at: meta.at, orderId, goods, price, paymentId: paymentIdOf(orderId) })
      )
    }
    return state._tag === "Empty" ? Either.left(new OrderNotFound()) : decideKnown(command, state)
  },

  evolve: (state, event) => {
    if (event._tag === "OrderRegistered") {
      const { at, goods, orderId, paymentId, price } = event
      return {
        _tag: "Order",
        orderId,
        goods,
        price,
        paymentId,
        status: "Registered",
        resume: null,
        rejection: null,
        rejectedAt: null,
        registeredAt: at
      }
    }
    return state._tag === "Empty" ? state : evolveKnown(state, event)
  }
}
