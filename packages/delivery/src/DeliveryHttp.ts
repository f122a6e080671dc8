/** HTTP contract of delivery: what a dispatcher reads and reports. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import { Access } from "@saucier/kernel/Access"
import { BranchId } from "@saucier/kernel/Goods"
import { DeliveryId, OrderId } from "@saucier/kernel/Ids"
import * as PageLimit from "@saucier/kernel/PageLimit"
import * as Schema from "effect/Schema"
import {
  DeliveryConflict,
  DeliveryNotFound,
  DeliveryOrder,
  DeliveryStatus,
  DeliveryStep
} from "./Delivery.ts"
import { DeliveryRow } from "./DeliveryRow.ts"

export const DeliveryView = Schema.Struct({
  ...DeliveryRow.fields,
  stages: Schema.Array(Schema.Struct({ status: DeliveryStatus, at: Schema.DateTimeUtc }))
}).annotations({ identifier: "Delivery" })
export type DeliveryView = typeof DeliveryView.Type

const path = Schema.Struct({ deliveryId: Schema.String })

const query = Schema.Struct({
  orderId: Schema.optional(OrderId),
  branchId: Schema.optional(BranchId),
  status: Schema.optional(DeliveryStatus),
  order: Schema.optional(DeliveryOrder),
  limit: PageLimit.upTo(200, 50),
  cursor: Schema.optional(DeliveryId)
})

/** The newest first, unless asked otherwise. */
const DeliveryList = Schema.Struct({
  items: Schema.Array(DeliveryView),
  nextCursor: Schema.NullOr(DeliveryId)
})

const dispatchers = ["dispatcher", "operator"] as const
const readers = ["branch", "clerk", ...dispatchers] as const

export class DeliveryHttp extends HttpApiGroup.make("deliveries")
  .add(
    HttpApiEndpoint.get("getDelivery", "/deliveries/:deliveryId")
      .setPath(path)
      .addSuccess(DeliveryView)
      .annotate(Access, readers)
  )
  .add(
    HttpApiEndpoint.get("listDeliveries", "/deliveries")
      .setUrlParams(query)
      .addSuccess(DeliveryList)
      .annotate(Access, readers)
  )
  .add(
    HttpApiEndpoint.patch("advanceDelivery", "/deliveries/:deliveryId")
      .setPath(path)
      .setPayload(Schema.Struct({ status: DeliveryStep }))
      .addSuccess(DeliveryView)
      .annotate(Access, dispatchers)
  )
  .addError(DeliveryNotFound, { status: 404 })
  .addError(DeliveryConflict, { status: 409 })
  .addError(ServiceUnavailable, { status: 503 })
{}
