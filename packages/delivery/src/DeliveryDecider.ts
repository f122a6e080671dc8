import type { Decider } from "@saucier/eventsourcing/Decider"
import * as Either from "effect/Either"
import {
  type Delivery,
  DeliveryCancelled,
  type DeliveryCommand,
  DeliveryConflict,
  DeliveryDelivered,
  DeliveryDispatched,
  type DeliveryEvent,
  DeliveryFailed,
  DeliveryNotFound,
  DeliveryPrepared,
  type DeliveryRejection,
  DeliveryReplanned,
  DeliveryReturned,
  type DeliveryState,
  type DeliveryStatus,
  type DeliveryStep,
  maxStages
} from "./Delivery.ts"

type Decision = Either.Either<ReadonlyArray<DeliveryEvent>, DeliveryRejection>

const accept = (...events: ReadonlyArray<DeliveryEvent>): Decision => Either.right(events)
const reject = (step: string, delivery: Delivery): Decision =>
  Either.left(new DeliveryConflict({ step, status: delivery.status }))

/** Which steps lead on from where a delivery stands. */
const next: Readonly<Record<DeliveryStatus, ReadonlyArray<DeliveryStep>>> = {
  Preparing: ["Dispatched"],
  Dispatched: ["Delivered", "Failed"],
  Failed: ["Replanned", "Dispatched", "Returned"],
  Replanned: ["Dispatched", "Returned"],
  Delivered: [],
  Returned: [],
  Cancelled: []
}

const advance = (
  command: Extract<DeliveryCommand, { readonly _tag: "AdvanceDelivery" }>,
  delivery: Delivery
) => {
  const { step } = command
  const at = { at: command.meta.at, deliveryId: delivery.deliveryId, orderId: delivery.orderId }
  if (delivery.status === step) return accept()
  const possible = next[delivery.status].includes(step)
  const worn = delivery.stages.length >= maxStages && (step === "Dispatched" || step === "Replanned")
  if (!possible || worn) return reject(step, delivery)
  switch (step) {
    case "Dispatched":
      return delivery.status === "Failed"
        ? accept(DeliveryReplanned.make(at), DeliveryDispatched.make(at))
        : accept(DeliveryDispatched.make(at))
    case "Delivered":
      return accept(DeliveryDelivered.make(at))
    case "Failed":
      return accept(DeliveryFailed.make(at))
    case "Replanned":
      return accept(DeliveryReplanned.make(at))
    case "Returned":
      return accept(DeliveryReturned.make(at))
  }
}

const statusAfter = (event: DeliveryEvent): DeliveryStatus => {
  switch (event._tag) {
    case "DeliveryPrepared":
      return "Preparing"
    case "DeliveryDispatched":
      return "Dispatched"
    case "DeliveryDelivered":
      return "Delivered"
    case "DeliveryFailed":
      return "Failed"
    case "DeliveryReplanned":
      return "Replanned"
    case "DeliveryReturned":
      return "Returned"
    case "DeliveryCancelled":
      return "Cancelled"
  }
}

export const deliveryDecider: Decider<DeliveryCommand, DeliveryEvent, DeliveryState, DeliveryRejection> = {
  initial: { _tag: "Empty" },

  decide: (command, state) => {
    switch (command._tag) {
      case "PrepareDelivery": {
        if (state._tag !== "Empty") return accept()
        const { deliveryId, goods, meta, orderId } = command
        return accept(DeliveryPrepared.make({ at: meta.at, deliveryId, orderId, goods }))
      }
      case "CancelDelivery": {
        const { deliveryId, meta, orderId, reason } = command
        if (state._tag === "Tombstone" || (state._tag === "Delivery" && state.status === "Cancelled")) {
          return accept()
        }
        if (state._tag === "Delivery" && state.status !== "Preparing") return reject("Cancelled", state)
        return accept(DeliveryCancelled.make({ at: meta.at, deliveryId, orderId, reason }))
      }
      case "AdvanceDelivery":
        return state._tag === "Delivery" ? advance(command, state) : Either.left(new DeliveryNotFound())
    }
  },

  evolve: (state, event) => {
    const status = statusAfter(event)
    const { at, deliveryId, orderId } = event
    if (state._tag === "Delivery") return { ...state, status, stages: [...state.stages, { status, at }] }
    if (event._tag === "DeliveryCancelled") return { _tag: "Tombstone", deliveryId, orderId }
    if (event._tag !== "DeliveryPrepared" || state._tag === "Tombstone") return state
    return { _tag: "Delivery", deliveryId, orderId, goods: event.goods, status, stages: [{ status, at }] }
  }
}
