/** Protocol of the actor that holds one Idempotency-Key: it serves the repeats of a request one after the other. */
import * as ClusterSchema from "@effect/cluster/ClusterSchema"
import * as Entity from "@effect/cluster/Entity"
import * as Rpc from "@effect/rpc/Rpc"
import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import { CommandMeta } from "@saucier/kernel/CommandMeta"
import { Goods } from "@saucier/kernel/Goods"
import { Money } from "@saucier/kernel/Money"
import * as Schema from "effect/Schema"
import { OrderRejection } from "./Order.ts"
import { OrderSnapshot } from "./OrderEntity.ts"
import { IdempotencyKeyReused } from "./OrderKey.ts"

export const OrderKeyEntity = Entity.make("OrderKey", [
  Rpc.make("PlaceOrder", {
    payload: {
      meta: CommandMeta,
      goods: Goods,
      price: Money,
      fingerprint: Schema.String,
      deadline: Schema.Number
    },
    success: Schema.Struct({ ...OrderSnapshot.fields, replayed: Schema.Boolean }),
    error: Schema.Union(IdempotencyKeyReused, OrderRejection, ServiceUnavailable, EventStoreUnavailable)
  })
])
  .annotate(ClusterSchema.ShardGroup, () => "order")
  .annotateRpcs(ClusterSchema.Uninterruptible, true)
