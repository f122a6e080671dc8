/** A member of the simulated cluster: the real sharding and protocols over simulated connections. */
import * as MachineId from "@effect/cluster/MachineId"
import * as MessageStorage from "@effect/cluster/MessageStorage"
import { RunnerAddress } from "@effect/cluster/RunnerAddress"
import * as RunnerHealth from "@effect/cluster/RunnerHealth"
import * as Runners from "@effect/cluster/Runners"
import * as RunnerStorage from "@effect/cluster/RunnerStorage"
import * as ShardingConfig from "@effect/cluster/ShardingConfig"
import * as Snowflake from "@effect/cluster/Snowflake"
import * as SocketRunner from "@effect/cluster/SocketRunner"
import { Socket } from "@effect/platform/Socket"
import { SocketServer } from "@effect/platform/SocketServer"
import * as RpcClient from "@effect/rpc/RpcClient"
import { RpcClientError } from "@effect/rpc/RpcClientError"
import * as RpcSerialization from "@effect/rpc/RpcSerialization"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { ClusterTables } from "./ClusterTables.ts"
import { hostOf, type Sockets } from "./Sockets.ts"

export interface Options {
  readonly process: string
  readonly sockets: Sockets
  readonly tables: ClusterTables
  /** Milliseconds. */
  readonly lockExpiration: number
  /** All groups, in the same order in every process. */
  readonly groups: ReadonlyArray<string>
}

/** As `ClusterTransport` does it on real sockets. */
const protocol = ({ process, sockets }: Options) =>
  Layer.effect(
    Runners.RpcClientProtocol,
    Effect.map(RpcSerialization.RpcSerialization, (serialization) => ({ host, port }: RunnerAddress) =>
      Effect.gen(function*() {
        const real = yield* RpcClient.makeProtocolSocket().pipe(
          Effect.provideService(Socket, yield* sockets.connect(process, `${host}:${port}`)),
          Effect.provideService(RpcSerialization.RpcSerialization, serialization)
        )
        return {
          ...real,
          send: (request, transferables) =>
            Effect.catchAllDefect(
              real.send(request, transferables),
              (cause) =>
                new RpcClientError({ reason: "Protocol", message: "The connection broke", cause })
            )
        }
      }))
  )

const shared = ({ groups, lockExpiration }: Options) => ({
  ...ShardingConfig.defaults,
  availableShardGroups: groups,
  shardsPerGroup,
  shardLockExpiration: lockExpiration,
  shardLockRefreshInterval: lockExpiration / 5,
  refreshAssignmentsInterval: "500 millis",
  entityMessagePollInterval: "1 second",
  entityTerminationTimeout: "6 seconds",
  sendRetryInterval: "50 millis",
  simulateRemoteSerialization: false
} as const)

/** Few, since each costs a fiber or two. */
const shardsPerGroup = 4

/** Milliseconds: what Saucier sets by default, and what somebody sets who would rather lose shards than wait. */
export const lockExpirations: readonly [number, ...ReadonlyArray<number>] = [10_000, 3000]

const port = 34431

/** Hosts some of the groups. */
export const runner = (options: Options, hosted: ReadonlyArray<string>) => {
  const host = hostOf(options.process)
  return SocketRunner.layer.pipe(
    Layer.provide([RunnerHealth.layerNoop, protocol(options), MessageStorage.layerMemory]),
    Layer.provide([
      Layer.succeed(RunnerStorage.RunnerStorage, options.tables.storageOf(options.process)),
      Layer.sync(SocketServer, () => options.sockets.listen(options.process, `${host}:${port}`))
    ]),
    Layer.provide(Layer.succeed(ShardingConfig.ShardingConfig, {
      ...shared(options),
      assignedShardGroups: hosted,
      runnerAddress: Option.some(RunnerAddress.make({ host, port }))
    })),
    Layer.provide(RpcSerialization.layerMsgPack)
  )
}

/** Ids of requests hold a number of their process; a runner is given its own when it registers. */
const ownNumber = ({ tables }: Options) =>
  Layer.effectDiscard(
    Effect.flatMap(
      Snowflake.Generator,
      (generator) => generator.setMachineId(MachineId.make(tables.nextMachine()))
    )
  ).pipe(Layer.provide(Snowflake.layerGenerator))

/** Hosts nothing and asks everyone. */
export const client = (options: Options) =>
  Layer.merge(SocketRunner.layerClientOnly, ownNumber(options)).pipe(
    Layer.provide([protocol(options), MessageStorage.layerMemory]),
    Layer.provide(
      Layer.succeed(RunnerStorage.RunnerStorage, options.tables.storageOf(options.process))
    ),
    Layer.provide(Layer.succeed(ShardingConfig.ShardingConfig, {
      ...shared(options),
      assignedShardGroups: [],
      runnerAddress: Option.none()
    })),
    Layer.provide(RpcSerialization.layerMsgPack)
  )
