/** Where simulated people ask: a process that hosts nothing, and what its HTTP handlers do for them. */
import { AdvanceDelivery, type DeliveryStep } from "@saucier/delivery/Delivery"
import { DeliveryEntity } from "@saucier/delivery/DeliveryEntity"
import * as Ask from "@saucier/eventsourcing/Ask"
import type { Goods } from "@saucier/kernel/Goods"
import * as Ids from "@saucier/kernel/Ids"
import type { Money } from "@saucier/kernel/Money"
import * as RequestMeta from "@saucier/kernel/RequestMeta"
import * as TypeId from "@saucier/kernel/TypeId"
import { OrderNotFound, type OrderState } from "@saucier/order/Order"
import { OrderEntity } from "@saucier/order/OrderEntity"
import { OrderKeyEntity } from "@saucier/order/OrderKeyEntity"
import { PaymentEntity } from "@saucier/payment/PaymentEntity"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Board from "./Board.ts"
import type { Books } from "./Books.ts"
import type { Seen } from "./History.ts"

export interface Ordered {
  readonly goods: Goods
  readonly price: Money
  readonly key: string | null
}

/** As in `OrderHttpLive`, milliseconds. */
const decideWithin = 4000
const answerWithin = Ask.within("order", decideWithin + 2000)

const seen = ({ state, version }: { readonly state: OrderState; readonly version: number }) =>
  state._tag === "Empty"
    ? Effect.fail(new OrderNotFound())
    : Effect.succeed<Seen>({ orderId: state.orderId, status: state.status, version })

/** `dashboard` keeps what the board shows. */
export const make = (dashboard: Books) =>
  Effect.gen(function*() {
    const orders = yield* OrderEntity.client
    const keys = yield* OrderKeyEntity.client
    const payments = yield* PaymentEntity.client
    const deliveries = yield* DeliveryEntity.client

    return {
      place: ({ goods, key, price }: Ordered) =>
        Effect.gen(function*() {
          const deadline = (yield* Clock.currentTimeMillis) + decideWithin
          const suffix = yield* TypeId.generate
          const meta = yield* RequestMeta.make(`place:ord_${suffix}`, `branch:${goods.branchId}`)
          if (key !== null) {
            const fingerprint = JSON.stringify({ goods, price })
            const entity = keys(RequestMeta.keyOf(key))
            return yield* seen(
              yield* answerWithin(entity.PlaceOrder({ meta, goods, price, fingerprint, deadline }))
            )
          }
          const orderId = Ids.orderId(suffix)
          return yield* seen(
            yield* answerWithin(orders(orderId).PlaceOrder({ meta, orderId, goods, price, deadline }))
          )
        }),
      read: (orderId: Ids.OrderId) => Effect.flatMap(answerWithin(orders(orderId).GetOrder()), seen),
      board: Effect.map(dashboard.shown(Board.table), Board.rowsOf),
      cancel: (orderId: Ids.OrderId) =>
        Effect.gen(function*() {
          const meta = yield* RequestMeta.make(`cancel:${yield* TypeId.generate}`, "branch")
          return yield* seen(
            yield* answerWithin(
              orders(orderId).CancelOrder({ meta, reason: "changed my mind", expected: null })
            )
          )
        }),
      advance: (orderId: Ids.OrderId, step: DeliveryStep) =>
        Effect.gen(function*() {
          const meta = yield* RequestMeta.make(`${step}:${yield* TypeId.generate}`, "dispatcher")
          return yield* Ask.within("delivery", "8 seconds")(
            deliveries(Ids.deliveryIdOf(orderId)).AdvanceDelivery(AdvanceDelivery.make({ meta, step }))
          )
        }),
      /** A webhook of the provider that leaves no trace when it fails. */
      hint: (paymentId: Ids.PaymentId, amount: Money | null) =>
        Effect.ignore(Ask.within("payment", "8 seconds")(payments(paymentId).Inquire({ amount })))
    }
  })

export type Gateway = Effect.Effect.Success<ReturnType<typeof make>>
