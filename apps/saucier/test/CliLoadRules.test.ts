import { assert, describe, it } from "@effect/vitest"
import { DashboardRow } from "@saucier/dashboard/Dashboard"
import { DeliveryView } from "@saucier/delivery/DeliveryHttp"
import { OrderView } from "@saucier/order/OrderHttp"
import { PaymentView } from "@saucier/payment/PaymentHttp"
import * as Schema from "effect/Schema"
import { type Facts, reasonOf } from "../src/LoadRules.ts"

const suffix = "01h455vb4pex5vsknk084sn02q"
const at = "2026-11-22T00:00:00.000Z"
const goods = { branchId: "b", sauceId: "s", qty: 2 }
const orderId = `ord_${suffix}`

const order = (status: string, price = 1000) =>
  Schema.decodeUnknownSync(OrderView)({
    id: orderId,
    ...goods,
    price,
    status,
    paymentId: `pay_${suffix}`,
    version: 3,
    registeredAt: at
  })
const payment = (status: string, captures: number) =>
  Schema.decodeUnknownSync(PaymentView)({
    id: `pay_${suffix}`,
    orderId,
    status,
    amount: 1000,
    currency: "KRW",
    attempts: Array.from(
      { length: captures },
      () => ({ kind: "charge", outcome: "Captured", detail: null, at })
    ),
    refunds: [],
    attention: null,
    version: 2,
    requestedAt: at,
    waitingSince: at
  })
const delivery = (status: string, qty = 2) =>
  Schema.decodeUnknownSync(DeliveryView)({
    id: `dlv_${suffix}`,
    orderId,
    ...goods,
    qty,
    status,
    stages: [],
    version: 1
  })
const row = (orderStatus: string, paymentStatus: string | null, deliveryStatus: string | null) =>
  Schema.decodeUnknownSync(DashboardRow)({
    orderId,
    ...goods,
    price: 1000,
    orderStatus,
    paymentStatus,
    deliveryStatus,
    state: "Preparing",
    updatedAt: at
  })

const good: Facts = {
  answered: 201,
  order: order("Preparing"),
  payments: [payment("Captured", 1)],
  deliveries: [delivery("Preparing")],
  row: row("Preparing", "Captured", "Preparing")
}
const declined: Facts = {
  answered: 202,
  order: order("Rejected"),
  payments: [payment("Declined", 0)],
  deliveries: [],
  row: row("Rejected", "Declined", null)
}

describe("what must hold of a load's order", () => {
  it("holds for one that is paid, delivered and shown, and for one that was declined later", () => {
    assert.isUndefined(reasonOf(good))
    assert.isUndefined(reasonOf(declined))
  })

  const broken: ReadonlyArray<readonly [string, string, Facts]> = [
    ["a payment that stays open", "unsettled", { ...good, order: order("PaymentPending") }],
    ["a 201 that was rejected", "unpaid", { ...declined, answered: 201 }],
    ["no capture", "captures", { ...good, payments: [] }],
    ["two captures", "captures", { ...good, payments: [payment("Captured", 2)] }],
    ["two payments", "captures", { ...good, payments: [payment("Captured", 1), payment("Captured", 1)] }],
    ["another amount", "amount", { ...good, order: order("Preparing", 999) }],
    ["no delivery", "deliveries", { ...good, deliveries: [] }],
    ["two deliveries", "deliveries", { ...good, deliveries: [delivery("Preparing"), delivery("Preparing")] }],
    ["other goods", "goods", { ...good, deliveries: [delivery("Preparing", 3)] }],
    ["a row behind the order", "row", { ...good, row: row("Paid", "Captured", "Preparing") }],
    ["a row without the delivery", "row", { ...good, row: row("Preparing", "Captured", null) }],
    ["money kept of a rejected order", "kept", { ...declined, payments: [payment("Captured", 1)] }],
    ["goods sent for a rejected order", "deliveries", { ...declined, deliveries: [delivery("Preparing")] }]
  ]
  it.each(broken)("is broken by %s: %s", (_, reason, facts) => {
    assert.strictEqual(reasonOf(facts), reason)
  })
})
