import * as Entity from "@effect/cluster/Entity"
import * as Actor from "@saucier/eventsourcing/Actor"
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import * as Ask from "@saucier/eventsourcing/Ask"
import { StreamId } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as Ids from "@saucier/kernel/Ids"
import * as TypeId from "@saucier/kernel/TypeId"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { OrderEntity, type OrderSnapshot } from "./OrderEntity.ts"
import { ClaimKey, orderKeyCodec, orderKeyDecider, RenewKey } from "./OrderKey.ts"
import { OrderKeyEntity } from "./OrderKeyEntity.ts"

/** An order answers at its deadline; whoever asked for it gives up this much later, in milliseconds. */
const grace = 4000

const newOrderId = Effect.map(TypeId.generate, Ids.orderId)

/** The order had ended for want of the provider before this request was made: taps of one moment share one order. */
const endedBefore = ({ state }: OrderSnapshot, at: DateTime.Utc) =>
  state._tag === "Order" && state.rejection === "payment-unavailable" && state.rejectedAt !== null &&
  DateTime.lessThan(state.rejectedAt, at)

export const OrderKeyEntityLive = Actor.layer(Effect.gen(function*() {
  const store = yield* EventStore
  const orders = yield* OrderEntity.client
  const build = Effect.gen(function*() {
    const { entityId } = yield* Entity.CurrentAddress
    const streamId = StreamId.make(`orderkey-${entityId}`)
    const key = yield* Aggregate.awake(store, streamId, orderKeyDecider, orderKeyCodec)

    return OrderKeyEntity.of({
      PlaceOrder: ({ payload: { deadline, fingerprint, goods, meta, price } }) =>
        Effect.gen(function*() {
          const place = (orderId: Ids.OrderId) =>
            Effect.flatMap(Clock.currentTimeMillis, (now) =>
              Ask.within("order", Math.max(0, deadline - now) + grace)(
                orders(orderId).PlaceOrder({
                  meta: { ...meta, commandId: CommandId.make(`place:${orderId}`) },
                  orderId,
                  goods,
                  price,
                  deadline
                })
              ))

          const claimed = yield* key.execute(ClaimKey.make({ meta, orderId: yield* newOrderId, fingerprint }))
          if (claimed.state._tag === "Free") {
            return yield* Effect.dieMessage("A claimed key has an order")
          }
          const ended = claimed.state.orderId
          const placed = yield* place(ended)
          if (!placed.replayed || !endedBefore(placed, meta.at)) {
            return placed
          }
          const orderId = yield* newOrderId
          const renewal = { ...meta, commandId: CommandId.make(`renew:${ended}`) }
          const renewed = yield* key.execute(RenewKey.make({ meta: renewal, ended, orderId }))
          return yield* place(renewed.state._tag === "Claimed" ? renewed.state.orderId : orderId)
        })
    })
  })
  return OrderKeyEntity.toLayer(build, {
    maxIdleTime: "2 seconds",
    mailboxCapacity: 256,
    disableFatalDefects: true
  })
}))
