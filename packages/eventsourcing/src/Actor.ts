/**
 * Hosts an entity. What its actors need is resolved once and not at each activation, and they live in a context that
 * holds nothing else: the cluster copies that context many times for each actor and each message.
 */
import { Sharding } from "@effect/cluster/Sharding"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Scope } from "effect/Scope"

export const layer = <E, R>(entity: Effect.Effect<Layer.Layer<never, never, Sharding>, E, R>) =>
  Layer.scopedDiscard(
    Effect.flatMap(entity, (hosted) =>
      Effect.mapInputContext(
        Layer.build(hosted),
        (all: Context.Context<Sharding | Scope>) => Context.pick(Sharding, Scope)(all)
      ))
  )
