/** Protocol of the one entity that answers for the list of deliveries, so that whoever asks needs no database. */
import * as ClusterSchema from "@effect/cluster/ClusterSchema"
import * as Entity from "@effect/cluster/Entity"
import * as Rpc from "@effect/rpc/Rpc"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import { BranchId } from "@saucier/kernel/Goods"
import { DeliveryId, OrderId } from "@saucier/kernel/Ids"
import * as Schema from "effect/Schema"
import { DeliveryOrder, DeliveryStatus } from "./Delivery.ts"
import { DeliveryRow } from "./DeliveryRow.ts"

/** There is one board. */
export const boardId = "board"

export const DeliveryBoardEntity = Entity.make("DeliveryBoard", [
  Rpc.make("List", {
    payload: {
      orderId: Schema.optional(OrderId),
      branchId: Schema.optional(BranchId),
      status: Schema.optional(DeliveryStatus),
      order: Schema.optional(DeliveryOrder),
      cursor: Schema.optional(DeliveryId),
      limit: Schema.Int.pipe(Schema.between(1, 200))
    },
    success: Schema.Struct({ items: Schema.Array(DeliveryRow), nextCursor: Schema.NullOr(DeliveryId) }),
    error: EventStoreUnavailable
  })
]).annotate(ClusterSchema.ShardGroup, () => "delivery")
