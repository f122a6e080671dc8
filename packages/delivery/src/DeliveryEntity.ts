/** Protocol of the actor that holds one delivery. Messages are volatile: the event store knows a repeat by its command id. */
import * as ClusterSchema from "@effect/cluster/ClusterSchema"
import * as Entity from "@effect/cluster/Entity"
import * as Rpc from "@effect/rpc/Rpc"
import { Version } from "@saucier/eventsourcing/Event"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Payload from "@saucier/eventsourcing/Payload"
import * as Schema from "effect/Schema"
import {
  AdvanceDelivery,
  CancelDelivery,
  DeliveryRejection,
  DeliveryState,
  PrepareDelivery
} from "./Delivery.ts"

export const DeliverySnapshot = Schema.Struct({ state: DeliveryState, version: Version })
export type DeliverySnapshot = typeof DeliverySnapshot.Type

const reply = { success: DeliverySnapshot, error: Schema.Union(DeliveryRejection, EventStoreUnavailable) }

export const DeliveryEntity = Entity.make("Delivery", [
  Rpc.make("PrepareDelivery", { payload: Payload.of(PrepareDelivery.fields), ...reply }),
  Rpc.make("CancelDelivery", { payload: Payload.of(CancelDelivery.fields), ...reply }),
  Rpc.make("AdvanceDelivery", { payload: Payload.of(AdvanceDelivery.fields), ...reply }),
  Rpc.make("GetDelivery", reply)
])
  .annotate(ClusterSchema.ShardGroup, () => "delivery")
  .annotateRpcs(ClusterSchema.Uninterruptible, true)
