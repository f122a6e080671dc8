/** HTTP contract of delivery: what a dispatcher reads and reports. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import { BranchId, Quantity, SauceId } from "@saucier/kernel/Goods"
import { DeliveryId, OrderId } from "@saucier/kernel/Ids"
import * as Schema from "effect/Schema"
import { DeliveryConflict, DeliveryNotFound, DeliveryStatus, DeliveryStep } from "./Delivery.ts"

export const DeliveryView = Schema.Struct({
  id: DeliveryId,
  orderId: OrderId,
  branchId: BranchId,
  sauceId: SauceId,
  qty: Quantity,
  status: DeliveryStatus,
  stages: Schema.Array(Schema.Struct({ status: DeliveryStatus, at: Schema.DateTimeUtc })),
  version: Schema.Int
}).annotations({ identifier: "Delivery" })
export type DeliveryView = typeof DeliveryView.Type

const path = Schema.Struct({ deliveryId: DeliveryId })

export const DeliveryHttp = HttpApiGroup.make("deliveries")
  .add(HttpApiEndpoint.get("getDelivery", "/deliveries/:deliveryId").setPath(path).addSuccess(DeliveryView))
  .add(
    HttpApiEndpoint.patch("advanceDelivery", "/deliveries/:deliveryId")
      .setPath(path)
      .setPayload(Schema.Struct({ status: DeliveryStep }))
      .addSuccess(DeliveryView)
  )
  .addError(DeliveryNotFound, { status: 404 })
  .addError(DeliveryConflict, { status: 409 })
  .addError(ServiceUnavailable, { status: 503 })
