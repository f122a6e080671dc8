/** Who is in the cluster, and which runner has which shard at this moment. */
import * as ShardId from "@effect/cluster/ShardId"
import { Sharding } from "@effect/cluster/Sharding"
import { shardGroupConfig, ShardingConfig } from "@effect/cluster/ShardingConfig"
import * as SqlClient from "@effect/sql/SqlClient"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import { unavailable } from "@saucier/eventstore-sql/PostgresFailure"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"

/** `shards` are numbered from 1; `runner` is an address, or null where nobody has the shard. */
export const ShardMap = Schema.Array(Schema.Struct({
  group: Schema.String,
  shards: Schema.Array(Schema.NullOr(Schema.String))
}))
export type ShardMap = typeof ShardMap.Type

export class ClusterMap extends Context.Tag("@saucier/runtime/ClusterMap")<ClusterMap, {
  readonly shards: Effect.Effect<ShardMap, EventStoreUnavailable>
}>() {}

/** Begins the name of each session that may hold locks; the runner's address follows. */
export const sessionName = "saucier runner "

/** All shards are where the one process says that it has them. */
export const single = (shardGroups: ReadonlyArray<string>, shardsPerGroup: number, runner: string) =>
  Layer.effect(
    ClusterMap,
    Effect.map(Sharding, (sharding) => ({
      shards: Effect.sync(() =>
        shardGroups.map((group) => ({
          group,
          shards: Array.from({ length: shardsPerGroup }, (_, index) =>
            sharding.hasShardId(ShardId.make(group, index + 1)) ? runner : null)
        }))
      )
    }))
  )

interface Held {
  readonly lock: number
  readonly runner: string
}

/** Read from the locks themselves. A lock's number is a million for each group, in their order by name, and the shard's. */
export const ofLocks: Layer.Layer<ClusterMap, never, SqlClient.SqlClient | ShardingConfig> = Layer.effect(
  ClusterMap,
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const config = yield* ShardingConfig
    const groups = [...shardGroupConfig(config).available]
    const held = sql<Held>`
      SELECT objid::integer AS lock, substr(application_name, ${sessionName.length + 1}::integer) AS runner
      FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND granted AND starts_with(application_name, ${sessionName})
        AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())`
    return {
      shards: held.pipe(
        Effect.map((rows) => {
          const runners = new Map(rows.map(({ lock, runner }) => [lock, runner]))
          return groups.map((group, index) => ({
            group,
            shards: Array.from(
              { length: config.shardsPerGroup },
              (_, shard) => runners.get((index + 1) * 1_000_000 + shard + 1) ?? null
            )
          }))
        }),
        Effect.mapError(unavailable("cluster"))
      )
    }
  })
)
