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

/** What a delivery that has come to a stage implies, and is not recorded yet. */
const catchUp = (
  { meta }: OrderCommand,
  order: Order,
  stage: DeliveryStage
): ReadonlyArray<OrderEvent> => {
  const at = { at: meta.at, orderId: order.orderId }
  const cancelling = order.status === "Cancelling"
  const stood = cancelling ? order.resume : order.status
  const reached = stages.findIndex((stage) => stage === stood)
  const missing = stages.slice(reached + 1, stages.indexOf(stage) + 1)
  return [
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
  ]
}

/** Delivery's word may outrun payment's, and may come again long after. */
const track = (
  command: Extract<OrderCommand, { readonly _tag: "TrackDelivery" }>,
  order: Order
): Decision => {
  const begins = command.stage === "Preparing"
  if (begins && order.status === "Cancelling") return accept()
  if (order.status === "Cancelled") {
    const passed = begins || (order.returned === true && command.stage === "Dispatched")
    return passed ? accept() : reject(command, order)
  }
  return order.status === "Rejected"
    ? reject(command, order)
    : accept(...catchUp(command, order, command.stage))
}

const returnToSender = (command: OrderCommand, order: Order): Decision => {
  switch (order.status) {
    case "Rejected":
    case "Delivered":
      return reject(command, order)
    case "Cancelled":
      return order.returned === true ? accept() : reject(command, order)
    case "Registered":
    case "PaymentPending":
    case "Paid":
    case "Preparing":
    case "Dispatched":
    case "Cancelling":
      return accept(
        ...catchUp(command, order, "Dispatched"),
        OrderCancelled.make({ at: command.meta.at, orderId: order.orderId, returned: true })
      )
  }
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
    case "ReturnOrder":
      return returnToSender(command, order)
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
      return {
        ...order,
        status: "Cancelled",
        resume: null,
        ...(event.returned === true ? { returned: true } : {})
      }
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
