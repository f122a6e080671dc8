import { assert, describe, it } from "@effect/vitest"
import { DeliveryId, deliveryIdOf, OrderId, orderIdOf, PaymentId, paymentIdOf } from "@saucier/kernel/Ids"
import * as Schema from "effect/Schema"

describe("the ids of one order", () => {
  it.prop("lead from the order to its payment and its delivery, and back", { id: OrderId }, ({ id }) => {
    assert.isTrue(Schema.is(PaymentId)(paymentIdOf(id)))
    assert.isTrue(Schema.is(DeliveryId)(deliveryIdOf(id)))
    assert.strictEqual(orderIdOf(paymentIdOf(id)), id)
    assert.strictEqual(orderIdOf(deliveryIdOf(id)), id)
  })

  it.prop("are told apart by their prefix", { id: OrderId }, ({ id }) => {
    assert.isFalse(Schema.is(OrderId)(paymentIdOf(id)))
    assert.isFalse(Schema.is(PaymentId)(deliveryIdOf(id)))
    assert.isFalse(Schema.is(DeliveryId)(id))
  })
})
