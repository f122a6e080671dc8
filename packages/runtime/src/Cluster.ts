/** Topologies: which processes host what. Contexts need `Sharding` and never know which one they got. */
import * as MessageStorage from "@effect/cluster/MessageStorage"
import * as RunnerHealth from "@effect/cluster/RunnerHealth"
import * as Runners from "@effect/cluster/Runners"
import * as RunnerStorage from "@effect/cluster/RunnerStorage"
import * as Sharding from "@effect/cluster/Sharding"
import * as ShardingConfig from "@effect/cluster/ShardingConfig"
import * as Layer from "effect/Layer"

/**
 * Everything in this process. Messages are volatile, so nothing is stored; the storage in memory is there because
 * without one the cluster keeps the id of every message it has ever handled (0.60.2, `processedRequestIds`), and its
 * poll is what forgets them.
 *
 * `shardGroups` must name the group of every entity and singleton.
 */
export const single = (shardGroups: ReadonlyArray<string>): Layer.Layer<Sharding.Sharding> =>
  Sharding.layer.pipe(
    Layer.provide(Runners.layerNoop),
    Layer.provide([MessageStorage.layerMemory, RunnerStorage.layerMemory, RunnerHealth.layerNoop]),
    Layer.provide(ShardingConfig.layer({
      availableShardGroups: shardGroups,
      assignedShardGroups: shardGroups,
      shardsPerGroup: 64,
      entityMessagePollInterval: "2 seconds",
      entityTerminationTimeout: "4 seconds",
      simulateRemoteSerialization: false
    }))
  )
