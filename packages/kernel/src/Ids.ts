/** Identities that every context means alike. An order, its payment and its delivery share one suffix. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as TypeId from "./TypeId.ts"

export const OrderId = TypeId.schema("ord").pipe(Schema.brand("OrderId"))
export type OrderId = typeof OrderId.Type

export const PaymentId = TypeId.schema("pay").pipe(Schema.brand("PaymentId"))
export type PaymentId = typeof PaymentId.Type

export const DeliveryId = TypeId.schema("dlv").pipe(Schema.brand("DeliveryId"))
export type DeliveryId = typeof DeliveryId.Type

export const orderId = (suffix: string): OrderId => OrderId.make(`ord_${suffix}`)
export const paymentIdOf = (id: OrderId): PaymentId => PaymentId.make(`pay_${TypeId.suffixOf(id)}`)
export const deliveryIdOf = (id: OrderId): DeliveryId => DeliveryId.make(`dlv_${TypeId.suffixOf(id)}`)
export const orderIdOf = (id: PaymentId | DeliveryId): OrderId => orderId(TypeId.suffixOf(id))

/** What a path names: a text that is no id names nothing, so it is not found rather than wrong. */
export const named = <A, I extends string, E>(schema: Schema.Schema<A, I>, notFound: () => E) => {
  const is = Schema.is(schema)
  return (text: unknown): Effect.Effect<A, E> => is(text) ? Effect.succeed(text) : Effect.fail(notFound())
}
