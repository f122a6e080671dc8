/** Protocol of the actor that holds one order. Messages are volatile: the event store knows a repeat by its command id. */
import * as ClusterSchema from "@effect/cluster/ClusterSchema"
import * as Entity from "@effect/cluster/Entity"
import * as Rpc from "@effect/rpc/Rpc"
import { Version } from "@saucier/eventsourcing/Event"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Payload from "@saucier/eventsourcing/Payload"
import * as Schema from "effect/Schema"
import {
  AwaitPayment,
  CancelOrder,
  ConfirmCancellation,
  ConfirmPayment,
  OrderRejection,
  OrderState,
  OrderVersionMismatch,
  PlaceOrder,
  RejectOrder,
  ReturnOrder,
  TrackDelivery
} from "./Order.ts"

export const OrderSnapshot = Schema.Struct({ state: OrderState, version: Version })
export type OrderSnapshot = typeof OrderSnapshot.Type

/** What became of the money of a cancelled order: nothing was taken, it is back, or it is owed and on its way. */
export const RefundProgress = Schema.Literal("none", "refunded", "owed")
export type RefundProgress = typeof RefundProgress.Type

const error = Schema.Union(OrderRejection, EventStoreUnavailable)
const reply = { success: OrderSnapshot, error }

/**
 * - `PlaceOrder` replies when the payment is decided, or at `deadline` (epoch milliseconds) with what is known then.
 * - `CancelOrder` refuses when the order stands at none of the `expected` versions, unless that is null.
 */
export const OrderEntity = Entity.make("Order", [
  Rpc.make("PlaceOrder", {
    payload: Payload.of({ ...PlaceOrder.fields, deadline: Schema.Number }),
    success: Schema.Struct({ ...OrderSnapshot.fields, replayed: Schema.Boolean }),
    error
  }),
  Rpc.make("CancelOrder", {
    payload: Payload.of({ ...CancelOrder.fields, expected: Schema.NullOr(Schema.Array(Schema.Number)) }),
    success: Schema.Struct({ ...OrderSnapshot.fields, refund: RefundProgress }),
    error: Schema.Union(error, OrderVersionMismatch)
  }),
  Rpc.make("AwaitPayment", { payload: Payload.of(AwaitPayment.fields), ...reply }),
  Rpc.make("ConfirmPayment", { payload: Payload.of(ConfirmPayment.fields), ...reply }),
  Rpc.make("RejectOrder", { payload: Payload.of(RejectOrder.fields), ...reply }),
  Rpc.make("ConfirmCancellation", { payload: Payload.of(ConfirmCancellation.fields), ...reply }),
  Rpc.make("TrackDelivery", { payload: Payload.of(TrackDelivery.fields), ...reply }),
  Rpc.make("ReturnOrder", { payload: Payload.of(ReturnOrder.fields), ...reply }),
  Rpc.make("GetOrder", reply)
])
  .annotate(ClusterSchema.ShardGroup, () => "order")
  .annotateRpcs(ClusterSchema.Uninterruptible, true)
