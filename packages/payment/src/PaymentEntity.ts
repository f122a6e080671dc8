/** Protocol of the actor that holds one payment. Messages are volatile: the event store knows a repeat by its command id. */
import * as ClusterSchema from "@effect/cluster/ClusterSchema"
import * as Entity from "@effect/cluster/Entity"
import * as Rpc from "@effect/rpc/Rpc"
import { Version } from "@saucier/eventsourcing/Event"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Payload from "@saucier/eventsourcing/Payload"
import { Money } from "@saucier/kernel/Money"
import * as Schema from "effect/Schema"
import {
  AcknowledgeAttention,
  PaymentRejection,
  PaymentState,
  ReleasePayment,
  RequestPayment
} from "./Payment.ts"
import { ProviderRefused, ProviderSilent } from "./PaymentProvider.ts"

export const PaymentSnapshot = Schema.Struct({ state: PaymentState, version: Version })
export type PaymentSnapshot = typeof PaymentSnapshot.Type

const reply = { success: PaymentSnapshot, error: Schema.Union(PaymentRejection, EventStoreUnavailable) }

/**
 * `DisownCharge` gives back what the provider holds for a payment that nobody here knows of, as after a restore, and
 * leaves a tombstone. A payment that is known stays as it is.
 *
 * `Settle` takes an open payment or an owed refund one step further with the provider. `Inquire` does so too, and asks
 * the provider also about a payment that had come to nothing: for hints that it sends, of a capture of `amount`. It
 * fails when the provider does not tell, so that the hint is given again.
 */
export const PaymentEntity = Entity.make("Payment", [
  Rpc.make("RequestPayment", { payload: Payload.of(RequestPayment.fields), ...reply }),
  Rpc.make("ReleasePayment", { payload: Payload.of(ReleasePayment.fields), ...reply }),
  Rpc.make("DisownCharge", {
    payload: Payload.of(ReleasePayment.fields),
    success: reply.success,
    error: Schema.Union(reply.error, ProviderRefused, ProviderSilent)
  }),
  Rpc.make("Settle", reply),
  Rpc.make("Inquire", {
    payload: Payload.of({ amount: Schema.NullOr(Money) }),
    success: reply.success,
    error: Schema.Union(reply.error, ProviderRefused, ProviderSilent)
  }),
  Rpc.make("AcknowledgeAttention", { payload: Payload.of(AcknowledgeAttention.fields), ...reply }),
  Rpc.make("GetPayment", reply)
])
  .annotate(ClusterSchema.ShardGroup, () => "payment")
  .annotateRpcs(ClusterSchema.Uninterruptible, true)
