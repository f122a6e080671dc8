/** Protocol of the one entity that tells which payments wait for the provider or for a look, so that whoever asks needs no database. */
import * as ClusterSchema from "@effect/cluster/ClusterSchema"
import * as Entity from "@effect/cluster/Entity"
import * as Rpc from "@effect/rpc/Rpc"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Schema from "effect/Schema"
import { PaymentSnapshot } from "./PaymentEntity.ts"

/** There is one board. */
export const boardId = "board"

export const PaymentBoardEntity = Entity.make("PaymentBoard", [
  Rpc.make("Open", { success: Schema.Array(PaymentSnapshot), error: EventStoreUnavailable })
]).annotate(ClusterSchema.ShardGroup, () => "payment")
