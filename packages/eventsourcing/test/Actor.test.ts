import * as ClusterSchema from "@effect/cluster/ClusterSchema"
import * as Entity from "@effect/cluster/Entity"
import * as MessageStorage from "@effect/cluster/MessageStorage"
import { RunnerAddress } from "@effect/cluster/RunnerAddress"
import * as RunnerHealth from "@effect/cluster/RunnerHealth"
import * as Runners from "@effect/cluster/Runners"
import * as RunnerStorage from "@effect/cluster/RunnerStorage"
import * as Sharding from "@effect/cluster/Sharding"
import * as ShardingConfig from "@effect/cluster/ShardingConfig"
import * as Rpc from "@effect/rpc/Rpc"
import { assert, describe, it } from "@effect/vitest"
import * as Actor from "@saucier/eventsourcing/Actor"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as TestClock from "effect/TestClock"

const Jar = Entity.make("Jar", [Rpc.make("Open")])
  .annotate(ClusterSchema.ShardGroup, () => "jars")
  .annotateRpcs(ClusterSchema.Uninterruptible, true)

const JarLive = Actor.layer(Effect.succeed(Jar.toLayer(Effect.succeed(Jar.of({ Open: () => Effect.void })))))

/** One runner, which loses the locks of its shards when `lost` says so; `released` hears of those that it let go. */
const runner = (lost: () => boolean, released: (shard: string) => void) =>
  Sharding.layer.pipe(
    Layer.provide([Runners.layerNoop, RunnerHealth.layerNoop]),
    Layer.provide(MessageStorage.layerMemory),
    Layer.provide(Layer.effect(
      RunnerStorage.RunnerStorage,
      Effect.map(RunnerStorage.makeMemory, (memory) => ({
        ...memory,
        refresh: (address, shards) => lost() ? Effect.succeed([]) : memory.refresh(address, shards),
        release: (address, shard) =>
          Effect.zipRight(Effect.sync(() => released(shard.toString())), memory.release(address, shard))
      }))
    )),
    Layer.provide(ShardingConfig.layer({
      runnerAddress: Option.some(RunnerAddress.make({ host: "here", port: 1 })),
      availableShardGroups: ["jars"],
      assignedShardGroups: ["jars"],
      shardsPerGroup: 1,
      shardLockRefreshInterval: "1 second"
    }))
  )

describe("an actor", () => {
  it.effect("answers the next caller and leaves with its shard, also when the first hung up while it woke", () => {
    let lost = false
    const released: Array<string> = []
    return Effect.gen(function*() {
      yield* TestClock.adjust("1 second")
      const jars = yield* Jar.client
      yield* jars("jar-0").Open()
      // A fiber of so few steps in a turn is met between any two of them.
      for (let steps = 30; steps <= 160; steps++) {
        const caller = yield* Effect.fork(Effect.withMaxOpsBeforeYield(jars(`jar-${steps}`).Open(), steps))
        yield* Effect.yieldNow()
        yield* Effect.yieldNow()
        yield* Fiber.interruptFork(caller)
      }
      yield* TestClock.adjust("1 second")
      const unanswered = new Set<number>()
      for (let steps = 30; steps <= 160; steps++) {
        unanswered.add(steps)
        yield* Effect.fork(Effect.map(jars(`jar-${steps}`).Open(), () => unanswered.delete(steps)))
      }
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual([...unanswered], [])
      lost = true
      yield* TestClock.adjust("2 seconds")
      assert.include(released, "jars:1")
    }).pipe(
      Effect.provide(JarLive.pipe(Layer.provideMerge(runner(() => lost, (shard) => released.push(shard)))))
    )
  })
})
