/**
 * Protocol of the actors that tell of the process they are in. There is one for each shard, so whoever knows which runner
 * has which shard can ask any runner, though the cluster addresses actors only.
 */
import * as ClusterSchema from "@effect/cluster/ClusterSchema"
import * as Entity from "@effect/cluster/Entity"
import * as Rpc from "@effect/rpc/Rpc"
import { BreakerStatus } from "@saucier/resilience/CircuitBreakerHistory"
import { ProcessFacts } from "@saucier/runtime/ProcessFacts"
import * as Schema from "effect/Schema"

/** `breaker` is null in a process that does not call the payment provider. */
export const Facts = Schema.Struct({ ...ProcessFacts.fields, breaker: Schema.NullOr(BreakerStatus) })
export type Facts = typeof Facts.Type

/** An actor of a shard; `more` counts those that did not fit. */
export const Residents = Schema.Struct({
  items: Schema.Array(Schema.Struct({ type: Schema.String, id: Schema.String })),
  more: Schema.Int
})

/** Service key and shard group are the context's name. `Residents` lists the aggregates that live in the actor's own shard. */
export const make = (context: string) =>
  Entity.make(`Probe/${context}`, [
    Rpc.make("Facts", { success: Facts }),
    Rpc.make("Residents", { success: Residents })
  ]).annotate(ClusterSchema.ShardGroup, () => context)
