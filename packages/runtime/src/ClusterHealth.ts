/** What a process of a cluster must be before it is ready: known to the others, and at work. */
import { RunnerStorage } from "@effect/cluster/RunnerStorage"
import * as ShardId from "@effect/cluster/ShardId"
import { Sharding } from "@effect/cluster/Sharding"
import { ShardingConfig } from "@effect/cluster/ShardingConfig"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { Health } from "./Health.ts"

const owned = Metric.gauge("saucier_shards_owned", { description: "Shards that this process has locked" })

const unreadable = Effect.mapError(() => ({ message: "the membership cannot be read" }))

export const ofClient = Layer.scopedDiscard(Effect.gen(function*() {
  const health = yield* Health
  const storage = yield* RunnerStorage
  yield* health.add({ name: "cluster membership", run: Effect.asVoid(unreadable(storage.getRunners)) })
}))

export const ofRunner = (shardGroup: string) =>
  Layer.scopedDiscard(Effect.gen(function*() {
    const health = yield* Health
    const sharding = yield* Sharding
    const storage = yield* RunnerStorage
    const { runnerAddress, shardsPerGroup } = yield* ShardingConfig
    const shards = Array.from({ length: shardsPerGroup }, (_, index) => ShardId.make(shardGroup, index + 1))
    const count = Effect.sync(() => shards.filter((shard) => sharding.hasShardId(shard)).length)
    const entities = new Set<string>()

    yield* sharding.getRegistrationEvents.pipe(
      Stream.runForEach((event) =>
        Effect.sync(() => {
          if (event._tag === "EntityRegistered") entities.add(event.entity.type)
        })
      ),
      Effect.forkScoped
    )
    yield* Effect.forkScoped(
      Effect.forever(
        Effect.zipRight(
          Effect.flatMap(count, (shards) => Metric.set(owned, shards)),
          Effect.sleep("1 second")
        )
      )
    )
    yield* health.add({
      name: "runner registered",
      run: Effect.flatMap(unreadable(storage.getRunners), (runners) =>
        runners.some(([{ address }]) =>
            Equal.equals(runnerAddress, Option.some(address))
          )
          ? Effect.void
          : Effect.fail({ message: "the cluster does not know this runner (yet)" }))
    })
    yield* health.add({
      name: "entities registered",
      run: Effect.suspend(() => entities.size > 0 ? Effect.void : Effect.fail({ message: "none are (yet)" }))
    })
    yield* health.add({
      name: `shards of ${shardGroup}`,
      run: Effect.flatMap(count, (shards) =>
        shards > 0 ? Effect.void : Effect.fail({ message: "this runner owns none (yet)" }))
    })
  }))
