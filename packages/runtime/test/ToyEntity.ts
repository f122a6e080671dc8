/** An entity that says which process it lives in. */
import * as ClusterSchema from "@effect/cluster/ClusterSchema"
import * as Entity from "@effect/cluster/Entity"
import * as Rpc from "@effect/rpc/Rpc"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

export const group = "toys"

export const ToyEntity = Entity.make("Toy", [
  /** Answers with the process's id after so many milliseconds. */
  Rpc.make("Where", { payload: { millis: Schema.Number }, success: Schema.Number })
])
  .annotate(ClusterSchema.ShardGroup, () => group)
  .annotateRpcs(ClusterSchema.Uninterruptible, true)

export const ToyEntityLive = ToyEntity.toLayer(Effect.sync(() =>
  ToyEntity.of({
    Where: ({ payload: { millis } }) => Effect.delay(Effect.sync(() => process.pid), millis)
  })
))
