/** A delivery as the table `delivery_view` holds it. */
import { BranchId, Quantity, SauceId } from "@saucier/kernel/Goods"
import { DeliveryId, OrderId } from "@saucier/kernel/Ids"
import * as Schema from "effect/Schema"
import { type Delivery, DeliveryStatus, Stage } from "./Delivery.ts"

/** `version` is that of the newest event in the row. */
export const DeliveryRow = Schema.Struct({
  id: DeliveryId,
  orderId: OrderId,
  branchId: BranchId,
  sauceId: SauceId,
  qty: Quantity,
  status: DeliveryStatus,
  stages: Schema.Array(Stage),
  version: Schema.Int
})
export type DeliveryRow = typeof DeliveryRow.Type

/** With `stages` as the JSON text that the column holds. */
const StoredDeliveryRow = Schema.Struct({
  ...DeliveryRow.fields,
  stages: Schema.parseJson(DeliveryRow.fields.stages)
})

export const columns =
  `delivery_id AS "id", order_id AS "orderId", branch_id AS "branchId", sauce_id AS "sauceId",
  quantity AS "qty", status, stages, version`

/** A row that does not decode was written by other code: that is a bug, and the table can be rebuilt. */
export const decode = Schema.decodeUnknownSync(Schema.Array(StoredDeliveryRow))
export const encode = Schema.encodeSync(StoredDeliveryRow)

export const ofDelivery = (delivery: Delivery, version: number): DeliveryRow => ({
  id: delivery.deliveryId,
  orderId: delivery.orderId,
  branchId: delivery.goods.branchId,
  sauceId: delivery.goods.sauceId,
  qty: delivery.goods.quantity,
  status: delivery.status,
  stages: delivery.stages,
  version
})

export const toDelivery = (row: DeliveryRow): Delivery => ({
  _tag: "Delivery",
  deliveryId: row.id,
  orderId: row.orderId,
  goods: { branchId: row.branchId, sauceId: row.sauceId, quantity: row.qty },
  status: row.status,
  stages: row.stages
})
