/**
 * Ubiquitous language of delivery: commands, events, state, rejections.
 *
 * Event tags and fields are the stored format. Never rename or re-type one; add a new event and an upcaster instead.
 */
import { CommandMeta } from "@saucier/kernel/CommandMeta"
import { Goods } from "@saucier/kernel/Goods"
import { DeliveryId, OrderId } from "@saucier/kernel/Ids"
import * as Schema from "effect/Schema"

export const DeliveryStatus = Schema.Literal(
  "Preparing",
  "Dispatched",
  "Delivered",
  "Failed",
  "Replanned",
  "Returned",
  "Cancelled"
)
export type DeliveryStatus = typeof DeliveryStatus.Type

/** What a list of deliveries begins with. */
export const DeliveryOrder = Schema.Literal("newest", "oldest")
export type DeliveryOrder = typeof DeliveryOrder.Type

/** The steps that a dispatcher reports. */
export const DeliveryStep = Schema.Literal("Dispatched", "Delivered", "Failed", "Replanned", "Returned")
export type DeliveryStep = typeof DeliveryStep.Type

const command = { meta: CommandMeta }

export const PrepareDelivery = Schema.TaggedStruct("PrepareDelivery", {
  ...command,
  deliveryId: DeliveryId,
  orderId: OrderId,
  goods: Goods
})
/** Before any preparation it leaves a tombstone, so that a preparation that comes later sends nothing. */
export const CancelDelivery = Schema.TaggedStruct("CancelDelivery", {
  ...command,
  deliveryId: DeliveryId,
  orderId: OrderId,
  reason: Schema.String.pipe(Schema.maxLength(500))
})
export const AdvanceDelivery = Schema.TaggedStruct("AdvanceDelivery", { ...command, step: DeliveryStep })

export const DeliveryCommand = Schema.Union(PrepareDelivery, CancelDelivery, AdvanceDelivery)
export type DeliveryCommand = typeof DeliveryCommand.Type

const event = { at: Schema.DateTimeUtcFromNumber, deliveryId: DeliveryId, orderId: OrderId }

export const DeliveryPrepared = Schema.TaggedStruct("DeliveryPrepared", { ...event, goods: Goods })
export const DeliveryDispatched = Schema.TaggedStruct("DeliveryDispatched", event)
export const DeliveryDelivered = Schema.TaggedStruct("DeliveryDelivered", event)
export const DeliveryFailed = Schema.TaggedStruct("DeliveryFailed", event)
export const DeliveryReplanned = Schema.TaggedStruct("DeliveryReplanned", event)
export const DeliveryReturned = Schema.TaggedStruct("DeliveryReturned", event)
export const DeliveryCancelled = Schema.TaggedStruct("DeliveryCancelled", { ...event, reason: Schema.String })

export const DeliveryEvent = Schema.Union(
  DeliveryPrepared,
  DeliveryDispatched,
  DeliveryDelivered,
  DeliveryFailed,
  DeliveryReplanned,
  DeliveryReturned,
  DeliveryCancelled
)
export type DeliveryEvent = typeof DeliveryEvent.Type

export const Stage = Schema.Struct({ status: DeliveryStatus, at: Schema.DateTimeUtcFromNumber })

/** Kept within a bound: a parcel that fails again and again is replanned at most this often, then returned. */
export const maxStages = 100

export const Delivery = Schema.TaggedStruct("Delivery", {
  deliveryId: DeliveryId,
  orderId: OrderId,
  goods: Goods,
  status: DeliveryStatus,
  stages: Schema.Array(Stage)
})
export type Delivery = typeof Delivery.Type

export const DeliveryState = Schema.Union(
  Schema.TaggedStruct("Empty", {}),
  Schema.TaggedStruct("Tombstone", { deliveryId: DeliveryId, orderId: OrderId }),
  Delivery
)
export type DeliveryState = typeof DeliveryState.Type

export class DeliveryNotFound extends Schema.TaggedError<DeliveryNotFound>()("DeliveryNotFound", {}) {
  override get message() {
    return "There is no such delivery"
  }
}

export class DeliveryConflict extends Schema.TaggedError<DeliveryConflict>()("DeliveryConflict", {
  step: Schema.String,
  status: DeliveryStatus
}) {
  override get message() {
    return `${this.step} is not possible while the delivery is ${this.status}`
  }
}

export const DeliveryRejection = Schema.Union(DeliveryNotFound, DeliveryConflict)
export type DeliveryRejection = typeof DeliveryRejection.Type
