/** Protocol of the actor that adds up what the gateways count. One for the whole system, in memory. */
import * as ClusterSchema from "@effect/cluster/ClusterSchema"
import * as Entity from "@effect/cluster/Entity"
import * as Rpc from "@effect/rpc/Rpc"
import * as Schema from "effect/Schema"
import { PulseSecond } from "./PulseSecond.ts"

/** The entity's only id. */
export const boardId = "board"

/**
 * - `Record` answers with the newest second that is kept of this gateway: 0 asks for all that it has.
 * - `Read` gives the seconds after `after` that every gateway has had the time to tell of.
 */
export const PulseBoardEntity = Entity.make("PulseBoard", [
  Rpc.make("Record", {
    payload: { gateway: Schema.String, after: Schema.Number, seconds: Schema.Array(PulseSecond) },
    success: Schema.Number
  }),
  Rpc.make("Read", { payload: { after: Schema.Number }, success: Schema.Array(PulseSecond) })
]).annotate(ClusterSchema.ShardGroup, () => "dashboard")
