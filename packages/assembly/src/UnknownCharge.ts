/** A charge that the provider holds and nobody here knows, as after a restore: given back by an operator's word. */
import { DeliveryEntity } from "@saucier/delivery/DeliveryEntity"
import * as Ask from "@saucier/eventsourcing/Ask"
import * as Ids from "@saucier/kernel/Ids"
import * as Principal from "@saucier/kernel/Principal"
import * as RequestMeta from "@saucier/kernel/RequestMeta"
import * as TypeId from "@saucier/kernel/TypeId"
import { OrderEntity } from "@saucier/order/OrderEntity"
import { PaymentEntity } from "@saucier/payment/PaymentEntity"
import { providerUnavailable } from "@saucier/payment/ProviderUnavailable"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** Its payment, its order or its delivery goes on. */
export class ChargeWanted extends Schema.TaggedError<ChargeWanted>()("ChargeWanted", {}) {
  override get message() {
    return "The payment, its order or its delivery is known here: cancel the order instead"
  }
}

const answerWithin = Ask.within("payment", "5 seconds")

export const make = Effect.gen(function*() {
  const orders = yield* OrderEntity.client
  const payments = yield* PaymentEntity.client
  const deliveries = yield* DeliveryEntity.client

  const isWanted = (orderId: Ids.OrderId) =>
    Effect.gen(function*() {
      const { state: payment } = yield* answerWithin(payments(Ids.paymentIdOf(orderId)).GetPayment())
      const { state: order } = yield* answerWithin(orders(orderId).GetOrder())
      const { state: delivery } = yield* answerWithin(deliveries(Ids.deliveryIdOf(orderId)).GetDelivery())
      return payment._tag === "Payment" ||
        (order._tag === "Order" && order.status !== "Cancelled" && order.status !== "Rejected") ||
        (delivery._tag === "Delivery" && delivery.status !== "Cancelled")
    })

  return (paymentId: Ids.PaymentId) =>
    Effect.gen(function*() {
      const orderId = Ids.orderIdOf(paymentId)
      if (yield* isWanted(orderId)) return yield* new ChargeWanted()
      const actor = Principal.actorOf(yield* Principal.CurrentPrincipal, "clerk")
      const meta = yield* RequestMeta.make(`release:${yield* TypeId.generate}`, actor)
      const reason = "nobody here asked for it"
      const { state } = yield* answerWithin(
        payments(paymentId).DisownCharge({ meta, paymentId, orderId, reason })
      )
      if (state._tag === "Payment") return yield* new ChargeWanted()
    }).pipe(Effect.catchTags({
      PaymentNotFound: Effect.die,
      PaymentMismatch: Effect.die,
      OrderNotFound: Effect.die,
      OrderConflict: Effect.die,
      DeliveryNotFound: Effect.die,
      DeliveryConflict: Effect.die,
      ProviderRefused: providerUnavailable,
      ProviderSilent: providerUnavailable
    }))
})
