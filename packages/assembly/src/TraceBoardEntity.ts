/** Protocol of the actor that keeps the newest traces of all processes. One for the whole system, in memory. */
import * as ClusterSchema from "@effect/cluster/ClusterSchema"
import * as Entity from "@effect/cluster/Entity"
import * as Rpc from "@effect/rpc/Rpc"
import { Trace, TraceLog, TraceSpan, TraceSummary } from "@saucier/runtime/Trace"
import * as Schema from "effect/Schema"

/** The entity's only id. */
export const boardId = "board"

export const TraceBoardEntity = Entity.make("TraceBoard", [
  Rpc.make("Record", {
    payload: { spans: Schema.Array(TraceSpan), logs: Schema.Array(TraceLog) }
  }),
  Rpc.make("Recent", {
    payload: { limit: Schema.Int, orderId: Schema.NullOr(Schema.String) },
    success: Schema.Struct({ traces: Schema.Array(TraceSummary), logs: Schema.Array(TraceLog) })
  }),
  Rpc.make("Trace", {
    payload: { traceId: Schema.String },
    success: Schema.NullOr(Trace)
  })
]).annotate(ClusterSchema.ShardGroup, () => "dashboard")
