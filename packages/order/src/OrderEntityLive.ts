import * as Rpc from "@effect/rpc/Rpc"
import * as Actor from "@saucier/eventsourcing/Actor"
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import { StreamId } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as Residents from "@saucier/eventsourcing/Residents"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as Cancellation from "./Cancellation.ts"
import * as Checkout from "./Checkout.ts"
import { CancelOrder, type OrderCommand, OrderVersionMismatch, PlaceOrder } from "./Order.ts"
import { orderCodec } from "./OrderCodec.ts"
import { orderDecider } from "./OrderDecider.ts"
import { OrderEntity } from "./OrderEntity.ts"

const registered = Metric.counter("saucier_orders_registered_total", {
  description: "Orders that this process has registered",
  incremental: true
})

export const OrderEntityLive = Actor.layer(Effect.gen(function*() {
  const store = yield* EventStore
  const checkoutOf = yield* Checkout.make
  const cancellationOf = yield* Cancellation.make
  const build = Effect.gen(function*() {
    const { entityId } = yield* Residents.arrive
    const order = yield* Aggregate.awake(store, StreamId.make(`order-${entityId}`), orderDecider, orderCodec)
    const checkout = checkoutOf(order)
    const cancellation = cancellationOf(order)
    const execute = (request: { readonly payload: OrderCommand }) => order.execute(request.payload)

    return OrderEntity.of({
      PlaceOrder: ({ payload: { deadline, ...command } }) =>
        Effect.gen(function*() {
          const { appended, snapshot } = yield* order.record(PlaceOrder.make(command, true))
          if (appended) yield* Metric.increment(registered)
          const paid = yield* checkout(snapshot, command.meta, deadline)
          return { ...paid, replayed: !appended }
        }),
      CancelOrder: ({ payload: { expected, ...command } }) =>
        Effect.gen(function*() {
          const { state, version } = yield* order.current
          const isRepeat = yield* order.knows(command.meta.commandId)
          const isThere = state._tag !== "Empty"
          if (isThere && !isRepeat && expected !== null && !expected.includes(version)) {
            return yield* new OrderVersionMismatch({ actual: version })
          }
          const cancelling = yield* order.execute(CancelOrder.make(command))
          return yield* cancellation(cancelling, command.meta)
        }),
      AwaitPayment: execute,
      ConfirmPayment: execute,
      RejectOrder: execute,
      ConfirmCancellation: execute,
      TrackDelivery: execute,
      ReturnOrder: execute,
      GetOrder: () => Rpc.fork(order.current)
    })
  })
  return OrderEntity.toLayer(build, {
    maxIdleTime: "2 seconds",
    mailboxCapacity: 256,
    disableFatalDefects: true
  })
}))
