/**
 * Orders with their payments and deliveries as people see them, when each thing asked has come to rest before the next.
 * Pure, and knows nothing of how it is done: what the deciders, one process and many processes must agree with.
 */
import type { DeliveryStatus } from "@saucier/delivery/Delivery"
import { DeliveryStep } from "@saucier/delivery/Delivery"
import { Goods } from "@saucier/kernel/Goods"
import { MinorUnits } from "@saucier/kernel/Money"
import type { OrderStatus } from "@saucier/order/Order"
import type { PaymentStatus } from "@saucier/payment/Payment"
import * as Schema from "effect/Schema"

/** How the provider answers a charge; to all else it is always well. */
export const Mood = Schema.Literal("instant", "decline", "down")
export type Mood = typeof Mood.Type

/** Which of the orders is meant; its place has an Idempotency-Key of its own. */
const slot = { slot: Schema.Literal(0, 1) }

export const Place = Schema.TaggedStruct("Place", { ...slot, goods: Goods, price: MinorUnits, mood: Mood })
/** The first request of the slot once more, if there was one. */
export const PlaceAgain = Schema.TaggedStruct("PlaceAgain", { ...slot, mood: Mood })
export const Cancel = Schema.TaggedStruct("Cancel", slot)
export const Advance = Schema.TaggedStruct("Advance", { ...slot, step: DeliveryStep })
export const Inquire = Schema.TaggedStruct("Inquire", slot)
export const Command = Schema.Union(Place, PlaceAgain, Cancel, Advance, Inquire)
export type Command = typeof Command.Type

/** Where an order, its payment and its delivery stand; null where there is none. */
export interface Stand {
  readonly order: OrderStatus | null
  readonly payment: PaymentStatus | null
  readonly delivery: DeliveryStatus | null
}

interface Slot {
  readonly stand: Stand
  /** Its first request, and whether a repeat of it is a new order since nobody could pay. */
  readonly first: typeof Place.Type | null
  readonly renewable: boolean
}

export type Model = ReadonlyArray<Slot>

/** `status` is the answer's, as HTTP numbers it. */
export interface Expected {
  readonly model: Model
  readonly status: number
  readonly stand: Stand
}

export const nothing: Stand = { order: null, payment: null, delivery: null }
export const initial: Model = [0, 1].map((): Slot => ({ stand: nothing, first: null, renewable: false }))

/** The digits that follow the prefix of what does not exist. */
export const noSuffix = "01h00000000000000000000000"

export const bodyOf = ({ goods, price }: typeof Place.Type) => ({
  branchId: goods.branchId,
  sauceId: goods.sauceId,
  qty: goods.quantity,
  price
})

/** The content that an Idempotency-Key stands for. */
export const contentOf = ({ goods, price }: typeof Place.Type): string => JSON.stringify([goods, price])

const placed: Readonly<Record<Mood, { readonly status: number; readonly stand: Stand }>> = {
  instant: { status: 201, stand: { order: "Preparing", payment: "Captured", delivery: "Preparing" } },
  decline: { status: 402, stand: { order: "Rejected", payment: "Declined", delivery: null } },
  down: { status: 503, stand: { order: "Rejected", payment: "Failed", delivery: null } }
}

const leads: Readonly<Record<DeliveryStatus, ReadonlyArray<DeliveryStep>>> = {
  Preparing: ["Dispatched"],
  Dispatched: ["Dispatched", "Delivered", "Failed"],
  Delivered: ["Delivered"],
  Failed: ["Failed", "Replanned", "Dispatched", "Returned"],
  Replanned: ["Replanned", "Dispatched", "Returned"],
  Returned: ["Returned"],
  Cancelled: []
}

const place = (slot: Slot, request: typeof Place.Type, mood: Mood): readonly [number, Slot] => {
  if (slot.first !== null && contentOf(slot.first) !== contentOf(request)) return [422, slot]
  if (slot.first !== null && !slot.renewable) {
    return [slot.stand.order === "Rejected" ? placed.decline.status : 201, slot]
  }
  const { stand, status } = placed[mood]
  return [status, { first: request, stand, renewable: mood === "down" }]
}

const step = (slot: Slot, command: Command): readonly [number, Slot] => {
  const { stand } = slot
  switch (command._tag) {
    case "Place":
      return place(slot, command, command.mood)
    case "PlaceAgain":
      return slot.first === null ? [0, slot] : place(slot, slot.first, command.mood)
    case "Cancel":
      if (stand.order === null) return [404, slot]
      if (stand.order === "Cancelled") return [200, slot]
      if (stand.order !== "Preparing") return [409, slot]
      return [200, { ...slot, stand: { order: "Cancelled", payment: "Refunded", delivery: "Cancelled" } }]
    case "Advance": {
      if (stand.delivery === null) return [404, slot]
      if (!leads[stand.delivery].includes(command.step)) return [409, slot]
      if (command.step === "Returned") {
        return [200, { ...slot, stand: { order: "Cancelled", payment: "Refunded", delivery: "Returned" } }]
      }
      const order = command.step === "Dispatched" || command.step === "Delivered" ? command.step : stand.order
      return [200, { ...slot, stand: { ...stand, order, delivery: command.step } }]
    }
    case "Inquire":
      return [stand.payment === null ? 404 : 200, slot]
  }
}

/** A status of 0 says that there is nothing to ask. */
export const next = (model: Model, command: Command): Expected => {
  const before = model[command.slot] ?? { stand: nothing, first: null, renewable: false }
  const [status, after] = step(before, command)
  return {
    status,
    stand: after.stand,
    model: model.map((slot, index) => index === command.slot ? after : slot)
  }
}
