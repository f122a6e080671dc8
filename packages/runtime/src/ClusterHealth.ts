/** What a process of a cluster must be before it is ready: known to the others, and at work. */
import { RunnerStorage } from "@effect/cluster/RunnerStorage"
import * as ShardId from "@effect/cluster/ShardId"
import { Sharding } from "@effect/cluster/Sharding"
import { ShardingConfig } from "@effect/cluster/ShardingConfig"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { owned } from "./ClusterShards.ts"
import { Health } from "./Health.ts"

const unreadable = Effect.mapError(() => ({ message: "the membership cannot be read" }))

/** Tells of shards that come and go, and of a sleep in which others must have taken them. */
const watch = (count: Effect.Effect<number>, expiration: Duration.DurationInput) =>
  Effect.gen(function*() {
    let before = 0
    yield* Metric.set(owned, before)
    let seenAt = yield* Clock.currentTimeNanos
    const look = Effect.gen(function*() {
      const now = yield* Clock.currentTimeNanos
      const slept = Duration.nanos(now - seenAt)
      seenAt = now
      if (Duration.greaterThan(slept, expiration)) {
        yield* Effect.logWarning(
          `This process slept for ${Duration.format(slept)}, longer than its shard locks last: ` +
            "what it held may be with others, and what it writes now is refused where they have written"
        )
      }
      const shards = yield* count
      if (shards === before) return
      yield* Effect.logInfo(`Shards: ${shards} (${shards > before ? "+" : ""}${shards - before})`)
      before = shards
      yield* Metric.set(owned, shards)
    })
    return yield* Effect.forever(Effect.zipRight(look, Effect.sleep("250 millis")))
  })

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
    const { runnerAddress, shardLockExpiration, shardsPerGroup } = yield* ShardingConfig
    const shards = Array.from({ length: shardsPerGroup }, (_, index) => ShardId.make(shardGroup, index + 1))
    const count = Effect.sync(() => shards.filter((shard) => sharding.hasShardId(shard)).length)
    const entities = new Set<string>()

    // Entities register as soon as this is built: someone must be listening.
    const listening = yield* Effect.makeLatch(false)
    yield* sharding.getRegistrationEvents.pipe(
      Stream.onStart(listening.open),
      Stream.runForEach((event) =>
        Effect.sync(() => {
          if (event._tag === "EntityRegistered") entities.add(event.entity.type)
        })
      ),
      Effect.forkScoped,
      Effect.zipRight(listening.await)
    )
    yield* Effect.forkScoped(watch(count, shardLockExpiration))
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
