/** Topologies: which processes host what. Contexts need `Sharding` and never know which one they got. */
import * as MessageStorage from "@effect/cluster/MessageStorage"
import { RunnerAddress } from "@effect/cluster/RunnerAddress"
import * as RunnerHealth from "@effect/cluster/RunnerHealth"
import * as Runners from "@effect/cluster/Runners"
import * as RunnerStorage from "@effect/cluster/RunnerStorage"
import * as Sharding from "@effect/cluster/Sharding"
import * as ShardingConfig from "@effect/cluster/ShardingConfig"
import * as SocketRunner from "@effect/cluster/SocketRunner"
import { SocketServer } from "@effect/platform/SocketServer"
import * as RpcSerialization from "@effect/rpc/RpcSerialization"
import * as SendPoints from "@saucier/eventsourcing/SendPoints"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as ClusterHealth from "./ClusterHealth.ts"
import * as ClusterMap from "./ClusterMap.ts"
import * as ClusterShards from "./ClusterShards.ts"
import * as ClusterStorage from "./ClusterStorage.ts"
import * as ClusterTransport from "./ClusterTransport.ts"
import { Settings } from "./Settings.ts"

/**
 * Messages are volatile, so nothing is stored; the storage in memory is there because without one the cluster keeps the
 * id of every message it has ever handled (0.60.2, `processedRequestIds`), and its poll is what forgets them.
 */
const messages = MessageStorage.layerMemory

/** Of no consequence where all are in one process. */
const shardsInside = 64

const thisProcess = "this process"

/**
 * Everything in this process. `shardGroups` must name the group of every entity and singleton.
 */
export const single = (
  shardGroups: ReadonlyArray<string>
): Layer.Layer<Sharding.Sharding | ClusterMap.ClusterMap> =>
  ClusterShards.single(thisProcess).pipe(
    Layer.provideMerge(ClusterMap.single(shardGroups, shardsInside, thisProcess)),
    Layer.provideMerge(SendPoints.layer.pipe(Layer.provide(Sharding.layer))),
    Layer.provide(Runners.layerNoop),
    Layer.provide([messages, RunnerStorage.layerMemory, RunnerHealth.layerNoop]),
    Layer.provide(ShardingConfig.layer({
      availableShardGroups: shardGroups,
      assignedShardGroups: shardGroups,
      shardsPerGroup: shardsInside,
      entityMessagePollInterval: "2 seconds",
      entityTerminationTimeout: "4 seconds",
      // Nobody else can come or go.
      refreshAssignmentsInterval: "1 day",
      simulateRemoteSerialization: false
    }))
  )

/**
 * What all processes of a cluster agree on. The termination timeout lets an order finish that waits for its payment; a
 * process that is told to end needs as long.
 */
const shared = (shardGroups: ReadonlyArray<string>) =>
  Effect.map(Settings, ({ shardLockExpiration, shardLockRefresh, shardsPerGroup }) => ({
    availableShardGroups: shardGroups,
    shardsPerGroup,
    shardLockExpiration,
    shardLockRefreshInterval: shardLockRefresh,
    refreshAssignmentsInterval: "500 millis",
    entityMessagePollInterval: "1 second",
    entityTerminationTimeout: "6 seconds",
    sendRetryInterval: "50 millis",
    simulateRemoteSerialization: false
  } as const))

const ofRunner = (shardGroup: string, shardGroups: ReadonlyArray<string>) =>
  Layer.effect(
    ShardingConfig.ShardingConfig,
    Effect.gen(function*() {
      const { address } = yield* SocketServer
      const { runnerHost, runnerPort } = yield* Settings
      const port = address._tag === "TcpAddress" ? address.port : runnerPort
      return {
        ...ShardingConfig.defaults,
        ...(yield* shared(shardGroups)),
        assignedShardGroups: [shardGroup],
        runnerAddress: Option.some(RunnerAddress.make({ host: runnerHost, port }))
      }
    })
  )

const ofClient = (shardGroups: ReadonlyArray<string>) =>
  Layer.effect(
    ShardingConfig.ShardingConfig,
    Effect.map(shared(shardGroups), (config) => ({
      ...ShardingConfig.defaults,
      ...config,
      assignedShardGroups: [],
      runnerAddress: Option.none()
    }))
  )

/**
 * Hosts one shard group of a cluster on PostgreSQL, together with whoever else does. A runner that died is noticed by its
 * silence; the library's own pings, run by a singleton, were not faster.
 */
export const runner = (shardGroup: string, shardGroups: ReadonlyArray<string>) =>
  Layer.merge(ClusterHealth.ofRunner(shardGroup), ClusterShards.layer).pipe(
    Layer.provideMerge(SendPoints.layer),
    Layer.provideMerge(SocketRunner.layer),
    Layer.provide([RunnerHealth.layerNoop, ClusterTransport.client, messages]),
    Layer.provideMerge(ClusterStorage.layer),
    Layer.provideMerge(ofRunner(shardGroup, shardGroups)),
    Layer.provide([ClusterTransport.server, RpcSerialization.layerMsgPack])
  )

/** Hosts nothing and asks everyone. */
export const client = (shardGroups: ReadonlyArray<string>) =>
  Layer.merge(ClusterHealth.ofClient, ClusterShards.layer).pipe(
    Layer.provideMerge(SendPoints.layer),
    Layer.provideMerge(SocketRunner.layerClientOnly),
    Layer.provide([ClusterTransport.client, messages]),
    Layer.provideMerge(ClusterStorage.layer),
    Layer.provideMerge(ofClient(shardGroups)),
    Layer.provide(RpcSerialization.layerMsgPack)
  )
