/**
 * What an operator asks a context for: its log, and the events its subscriptions have set aside. One entity a context. Other
 * contexts follow the log here when its store is open to the context's own process alone (EventStoreCluster).
 */
import * as ClusterSchema from "@effect/cluster/ClusterSchema"
import * as Entity from "@effect/cluster/Entity"
import * as Rpc from "@effect/rpc/Rpc"
import * as Schema from "effect/Schema"
import { Position, RecordedEvent, StreamId } from "./Event.ts"
import { EventStoreUnavailable } from "./EventStore.ts"
import { ParkedEvent, ParkedRequest } from "./ParkedEvents.ts"

/** The entity's only id. */
export const operatorId = "operator"

/** The subscription has set nothing of this stream aside. */
export class NothingParked extends Schema.TaggedError<NothingParked>()("NothingParked", {
  subscription: Schema.String,
  streamId: StreamId
}) {
  override get message() {
    return `The subscription ${this.subscription} has parked nothing of ${this.streamId}`
  }
}

/** This store has given no such position. */
export class UnknownPosition
  extends Schema.TaggedError<UnknownPosition>()("UnknownPosition", { after: Position })
{
  override get message() {
    return `after is no position of this log: ${this.after}`
  }
}

/**
 * Service key and shard group are the context's name. `Events` answers at once when there are any after `after`, else waits
 * for some up to `waitMillis`.
 */
export const make = (context: string) =>
  Entity.make(`Operator/${context}`, [
    Rpc.make("Events", {
      payload: {
        after: Position,
        limit: Schema.Int.pipe(Schema.between(1, 1000)),
        waitMillis: Schema.optional(Schema.Int.pipe(Schema.between(0, 60_000)))
      },
      success: Schema.Array(RecordedEvent),
      error: Schema.Union(UnknownPosition, EventStoreUnavailable)
    }),
    Rpc.make("Newest", {
      payload: { limit: Schema.Int.pipe(Schema.between(1, 1000)) },
      success: Schema.Array(RecordedEvent),
      error: EventStoreUnavailable
    }),
    Rpc.make("History", {
      payload: { streamId: StreamId },
      success: Schema.Array(RecordedEvent),
      error: EventStoreUnavailable
    }),
    Rpc.make("Parked", { success: Schema.Array(ParkedEvent), error: EventStoreUnavailable }),
    Rpc.make("ServeParked", {
      payload: { subscription: Schema.String, streamId: StreamId, request: ParkedRequest },
      error: Schema.Union(NothingParked, EventStoreUnavailable)
    })
  ]).annotate(ClusterSchema.ShardGroup, () => context)
