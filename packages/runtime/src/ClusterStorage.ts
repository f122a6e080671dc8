/**
 * Who is in the cluster, and which process has locked which shard, in PostgreSQL.
 *
 * A lock belongs to a session of the server. That of a process which died ends by itself; that of one which was paused
 * would live on, so the server ends every session from which it has heard nothing for the lock's expiration.
 */
import * as MachineId from "@effect/cluster/MachineId"
import * as RunnerStorage from "@effect/cluster/RunnerStorage"
import * as ShardingConfig from "@effect/cluster/ShardingConfig"
import * as Snowflake from "@effect/cluster/Snowflake"
import * as SqlRunnerStorage from "@effect/cluster/SqlRunnerStorage"
import * as SqlClient from "@effect/sql/SqlClient"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as PostgresDatabase from "@saucier/eventstore-sql/PostgresDatabase"
import { unavailable } from "@saucier/eventstore-sql/PostgresFailure"
import * as PostgresMigrations from "@saucier/eventstore-sql/PostgresMigrations"
import type * as PostgresPool from "@saucier/eventstore-sql/PostgresPool"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as ClusterMap from "./ClusterMap.ts"
import type { Health } from "./Health.ts"
import { Settings } from "./Settings.ts"
import { SettingsInvalid } from "./SettingsInvalid.ts"
import * as SoleRunner from "./SoleRunner.ts"

const name = "cluster"

const missing = new SettingsInvalid({
  problems: [{
    key: "SAUCIER_CLUSTER_DATABASE_URL",
    rule: "must be postgres://<user>:<password>@<host>/<database> for a service in a process of its own",
    value: "",
    source: "default"
  }]
})

const options = Effect.gen(function*() {
  const { clusterDatabase, shardLockExpiration } = yield* Settings
  const { runnerAddress } = yield* ShardingConfig.ShardingConfig
  if (Option.isNone(clusterDatabase)) return yield* missing
  const options: PostgresPool.Options = {
    url: clusterDatabase.value,
    name,
    maxConnections: 4,
    ...Option.match(runnerAddress, {
      onNone: () => ({}),
      onSome: ({ host, port }) => ({
        idleSessionMillis: Duration.toMillis(shardLockExpiration),
        sessionName: `${ClusterMap.sessionName}${host}:${port}`
      })
    })
  }
  return options
})

const storageIn = (database: PostgresPool.Options) =>
  Layer.scoped(
    RunnerStorage.RunnerStorage,
    Effect.mapError(PostgresMigrations.alone(database, SqlRunnerStorage.make({})), unavailable(name))
  )

/**
 * Ids of requests hold a number of their process. A runner gets one when it registers; a process that only asks takes one
 * from the same sequence here, where the library would draw it by lot and might meet another's.
 */
const ownNumber = Effect.gen(function*() {
  const { runnerAddress } = yield* ShardingConfig.ShardingConfig
  if (Option.isSome(runnerAddress)) return
  yield* RunnerStorage.RunnerStorage
  const sql = yield* SqlClient.SqlClient
  const generator = yield* Snowflake.Generator
  const rows = yield* sql<{ readonly number: number }>`
    SELECT nextval(pg_get_serial_sequence('cluster_runners', 'machine_id'))::integer AS number`
  for (const { number } of rows) yield* generator.setMachineId(MachineId.make(number))
}).pipe(Effect.mapError(unavailable(name)), Layer.effectDiscard, Layer.provide(Snowflake.layerGenerator))

export const layer: Layer.Layer<
  RunnerStorage.RunnerStorage | ClusterMap.ClusterMap,
  EventStoreUnavailable | SettingsInvalid | SoleRunner.RunnerRefused,
  Settings | ShardingConfig.ShardingConfig | Health
> = Layer.unwrapEffect(
  Effect.map(options, (database) =>
    Layer.merge(ownNumber, ClusterMap.ofLocks).pipe(
      Layer.provideMerge(storageIn(database)),
      Layer.provide(SoleRunner.layer),
      Layer.provide(PostgresDatabase.client(database))
    ))
)
