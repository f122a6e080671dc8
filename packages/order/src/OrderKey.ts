/**
 * An Idempotency-Key and the order it stands for. A key keeps its order for ever, so a repeat reaches the same one; only
 * an order that ended because the provider could not be reached is replaced, so that the branch's repeat can succeed.
 */
import type { Decider } from "@saucier/eventsourcing/Decider"
import * as EventCodec from "@saucier/eventsourcing/EventCodec"
import { CommandMeta } from "@saucier/kernel/CommandMeta"
import { OrderId } from "@saucier/kernel/Ids"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"

/** `fingerprint` is the request's content: the same key with another content is refused. */
export const ClaimKey = Schema.TaggedStruct("ClaimKey", {
  meta: CommandMeta,
  orderId: OrderId,
  fingerprint: Schema.String
})
export const RenewKey = Schema.TaggedStruct("RenewKey", {
  meta: CommandMeta,
  ended: OrderId,
  orderId: OrderId
})

export const OrderKeyCommand = Schema.Union(ClaimKey, RenewKey)
export type OrderKeyCommand = typeof OrderKeyCommand.Type

export const OrderKeyClaimed = Schema.TaggedStruct("OrderKeyClaimed", {
  at: Schema.DateTimeUtcFromNumber,
  orderId: OrderId,
  fingerprint: Schema.String
})
export const OrderKeyRenewed = Schema.TaggedStruct("OrderKeyRenewed", {
  at: Schema.DateTimeUtcFromNumber,
  orderId: OrderId
})

export const OrderKeyEvent = Schema.Union(OrderKeyClaimed, OrderKeyRenewed)
export type OrderKeyEvent = typeof OrderKeyEvent.Type

export const OrderKeyState = Schema.Union(
  Schema.TaggedStruct("Free", {}),
  Schema.TaggedStruct("Claimed", { orderId: OrderId, fingerprint: Schema.String })
)
export type OrderKeyState = typeof OrderKeyState.Type

export class IdempotencyKeyReused
  extends Schema.TaggedError<IdempotencyKeyReused>()("IdempotencyKeyReused", {})
{
  override get message() {
    return "This Idempotency-Key was used for another order: use a new key for a new order"
  }
}

export const orderKeyCodec = EventCodec.make(OrderKeyEvent)

export const orderKeyDecider: Decider<OrderKeyCommand, OrderKeyEvent, OrderKeyState, IdempotencyKeyReused> = {
  initial: { _tag: "Free" },

  decide: (command, state) => {
    const at = command.meta.at
    switch (command._tag) {
      case "ClaimKey": {
        const { fingerprint, orderId } = command
        if (state._tag === "Free") return Either.right([OrderKeyClaimed.make({ at, orderId, fingerprint })])
        return state.fingerprint === fingerprint ? Either.right([]) : Either.left(new IdempotencyKeyReused())
      }
      case "RenewKey":
        return state._tag === "Claimed" && state.orderId === command.ended
          ? Either.right([OrderKeyRenewed.make({ at, orderId: command.orderId })])
          : Either.right([])
    }
  },

  evolve: (state, event) => {
    switch (event._tag) {
      case "OrderKeyClaimed":
        return { _tag: "Claimed", orderId: event.orderId, fingerprint: event.fingerprint }
      case "OrderKeyRenewed":
        return state._tag === "Claimed" ? { ...state, orderId: event.orderId } : state
    }
  }
}
