import * as ShardingConfig from "@effect/cluster/ShardingConfig"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, describe, it } from "@effect/vitest"
import * as PostgresDatabase from "@saucier/eventstore-sql/PostgresDatabase"
import * as ExitCode from "@saucier/runtime/ExitCode"
import * as Health from "@saucier/runtime/Health"
import * as Settings from "@saucier/runtime/Settings"
import * as SoleRunner from "@saucier/runtime/SoleRunner"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as PostgresServer from "../../eventstore-sql/test/PostgresServer.ts"

const server = PostgresServer.shared()

/** Gives the health of a process that runs deliveries, once it may. */
const runner = (delivery: string, cluster?: Redacted.Redacted) =>
  Effect.gen(function*() {
    const url = cluster ?? (yield* PostgresServer.PostgresServer).url
    const settings = new Map([
      ["SAUCIER_DELIVERY_DATABASE_URL", delivery],
      ["SAUCIER_SHARD_LOCK_EXPIRATION", "1 second"],
      ["SAUCIER_SHARD_LOCK_REFRESH", "100 millis"]
    ])
    const context = yield* Layer.build(SoleRunner.layer.pipe(
      Layer.provideMerge(Health.layer),
      Layer.provide(Settings.layer),
      Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(settings))),
      Layer.provide(NodeContext.layer),
      Layer.provide(ShardingConfig.layer({ assignedShardGroups: ["delivery"] })),
      Layer.provide(PostgresDatabase.client({ url, name: "cluster", maxConnections: 2 }))
    ))
    return Context.get(context, Health.Health)
  })

const file = "sqlite:delivery.db"

describe("the only runner of a context on SQLite", () => {
  it.scopedLive("is the first one; a second is told which setting stands in its way, and may come when the first has gone", () =>
    Effect.gen(function*() {
      const refused = yield* Effect.scoped(Effect.gen(function*() {
        yield* runner(file)
        return yield* Effect.exit(Effect.scoped(runner(file)))
      }))
      assert(Exit.isFailure(refused))
      assert.strictEqual(ExitCode.ofExit(refused), 69)
      assert.include(String(refused.cause), "SAUCIER_DELIVERY_DATABASE_URL=postgres://")
      yield* runner(file)
    }).pipe(Effect.provide(server)))

  it.scopedLive("takes its place again when the server has ended its session", () =>
    Effect.gen(function*() {
      const { query } = yield* PostgresServer.PostgresServer
      const health = yield* runner(file)
      const isSole = Effect.map(health.results, ([check]) => check?.ok === true)
      assert.isTrue(yield* isSole)
      yield* query("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
      yield* Effect.repeat(Effect.delay(isSole, "20 millis"), { until: (yes) => !yes })
      yield* Effect.repeat(Effect.delay(isSole, "20 millis"), { until: (yes) => yes })
    }).pipe(Effect.provide(server)))

  it.scopedLive("blames the database, not another process, when that is away", () =>
    Effect.gen(function*() {
      const nobody = Redacted.make("postgres://saucier@127.0.0.1:1/postgres")
      const error = yield* Effect.flip(runner(file, nobody))
      assert.strictEqual(error._tag, "EventStoreUnavailable")
    }).pipe(Effect.provide(server)))

  it.scopedLive("has as many beside it as are wanted on PostgreSQL", () =>
    Effect.gen(function*() {
      yield* runner("postgres://saucier@127.0.0.1/deliveries")
      yield* runner("postgres://saucier@127.0.0.1/deliveries")
    }).pipe(Effect.provide(server)))
})
