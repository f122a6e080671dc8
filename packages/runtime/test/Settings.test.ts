import * as NodeContext from "@effect/platform-node/NodeContext"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import { assert, layer } from "@effect/vitest"
import * as ExitCode from "@saucier/runtime/ExitCode"
import * as Settings from "@saucier/runtime/Settings"
import { documentation } from "@saucier/runtime/SettingsDocumentation"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"

const load = (environment: Record<string, string>) =>
  Effect.withConfigProvider(Settings.load, ConfigProvider.fromMap(new Map(Object.entries(environment))))

const folderWith = (files: Record<string, string>) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const folder = yield* fs.makeTempDirectoryScoped()
    for (const [name, text] of Object.entries(files)) yield* fs.writeFileString(path.join(folder, name), text)
    return folder
  })

layer(NodeContext.layer)("settings", (it) => {
  it.effect("have defaults", () =>
    Effect.gen(function*() {
      const settings = yield* load({})
      assert.deepStrictEqual(settings, {
        httpHost: "127.0.0.1",
        httpPort: 8088,
        httpMaxConcurrent: 500,
        authKeys: new Map(),
        authAnonymous: "loopback",
        apiKey: Redacted.make(""),
        dataDir: "./data",
        providerUrl: Option.none(),
        providerControlUrl: Option.none(),
        providerPreset: "healthy",
        webhookSecrets: Redacted.make([]),
        providerTimeout: Duration.seconds(3),
        providerConcurrent: 64,
        breakerWindow: Duration.seconds(10),
        breakerMinimumCalls: 20,
        breakerFailureRate: 0.5,
        breakerSlowCall: Duration.millis(680),
        breakerSlowRate: 0.5,
        breakerOpenWait: Duration.seconds(5),
        breakerHalfOpenCalls: 5,
        sqliteSynchronous: "FULL",
        clusterDatabase: Option.none(),
        runnerHost: "127.0.0.1",
        runnerListenHost: "127.0.0.1",
        runnerPort: 34431,
        shardsPerGroup: 64,
        shardLockExpiration: Duration.seconds(10),
        shardLockRefresh: Duration.seconds(2),
        orderDatabase: { engine: "sqlite", file: "./data/order.db" },
        paymentDatabase: { engine: "sqlite", file: "./data/payment.db" },
        deliveryDatabase: { engine: "sqlite", file: "./data/delivery.db" },
        dashboardDatabase: { engine: "sqlite", file: "./data/dashboard.db" }
      })
    }))

  it.scoped("come from the environment, then from files; an empty one is not set", () =>
    Effect.gen(function*() {
      const folder = yield* folderWith({
        SAUCIER_HTTP_PORT: "9000\n",
        SAUCIER_DATA_DIR: "/var/lib/saucier\n",
        SAUCIER_HTTP_HOST: "\n"
      })
      const settings = yield* load({
        SAUCIER_CONFIG_DIR: folder,
        SAUCIER_HTTP_PORT: "9001",
        SAUCIER_PROVIDER_PRESET: "",
        SAUCIER_RUNNER_HOST: "10.0.0.7",
        SAUCIER_PAYMENT_DATABASE_URL: "sqlite:///tmp/p.db"
      })
      assert.strictEqual(settings.httpPort, 9001)
      assert.strictEqual(settings.httpHost, "127.0.0.1")
      assert.deepStrictEqual(settings.orderDatabase, { engine: "sqlite", file: "/var/lib/saucier/order.db" })
      assert.deepStrictEqual(settings.paymentDatabase, { engine: "sqlite", file: "/tmp/p.db" })
      assert.strictEqual(settings.providerPreset, "healthy")
      assert.strictEqual(settings.runnerListenHost, "10.0.0.7")
    }))

  it.scoped("are refused all at once, each with its key, rule, value and source", () =>
    Effect.gen(function*() {
      const folder = yield* folderWith({ SAUCIER_SQLITE_SYNCHRONOUS: "OFF" })
      const exit = yield* Effect.exit(load({
        SAUCIER_CONFIG_DIR: folder,
        SAUCIER_HTTP_PORT: "80a",
        SAUCIER_PROVIDER_PRESET: "moody",
        SAUCIER_WEBHOOK_SECRETS: "hunter2",
        SAUCIER_PROVIDER_CONCURRENT: "none",
        SAUCIER_BREAKER_WINDOW: "a while",
        SAUCIER_BREAKER_SLOW_RATE: "50%",
        SAUCIER_BREAKER_OPEN_WAIT: "2 hours",
        SAUCIER_CLUSTER_DATABASE_URL: "postgres://hunter2@db",
        SAUCIER_ORDER_DATABASE_URL: "mysql://saucier:hunter@2@db/orders?password=hunter2",
        SAUCIER_DELIVERY_DATABASE_URL: "postgres://saucier:hunter2@db"
      }))
      assert.strictEqual(ExitCode.ofExit(exit), 78)
      const error = yield* Effect.flip(exit)
      assert.strictEqual(
        error.message,
        [
          "The settings are not valid:",
          `  SAUCIER_HTTP_PORT must be a port, a whole number from 0 to 65535, not "80a" (environment)`,
          `  SAUCIER_PROVIDER_PRESET must be one of instant, healthy, seed, brownout, slow, down, decline, hang, ` +
          `lost-reply, duplicate-webhook, not "moody" (environment)`,
          `  SAUCIER_WEBHOOK_SECRETS must be one secret, or two divided by a comma, each of at least 16 characters, ` +
          `not "***" (environment)`,
          `  SAUCIER_PROVIDER_CONCURRENT must be a whole number from 1 to 10000, not "none" (environment)`,
          `  SAUCIER_BREAKER_WINDOW must be a duration from 1s to 1h, such as 5 seconds or 680 millis, ` +
          `not "a while" (environment)`,
          `  SAUCIER_BREAKER_SLOW_RATE must be a share above 0 and up to 1, such as 0.5, not "50%" (environment)`,
          `  SAUCIER_BREAKER_OPEN_WAIT must be a duration from 100ms to 30s, such as 5 seconds or 680 millis, ` +
          `not "2 hours" (environment)`,
          `  SAUCIER_SQLITE_SYNCHRONOUS must be one of FULL, NORMAL, not "OFF" (${folder}/SAUCIER_SQLITE_SYNCHRONOUS)`,
          `  SAUCIER_CLUSTER_DATABASE_URL must be postgres://<user>:<password>@<host>/<database>, ` +
          `not "postgres://***@db" (environment)`,
          `  SAUCIER_ORDER_DATABASE_URL must be sqlite:<path of a file> or ` +
          `postgres://<user>:<password>@<host>/<database>, not "mysql://***@db/orders?password=***" (environment)`,
          `  SAUCIER_DELIVERY_DATABASE_URL must be sqlite:<path of a file> or ` +
          `postgres://<user>:<password>@<host>/<database>, not "postgres://***@db" (environment)`
        ].join("\n")
      )
    }))

  /** Any text will do for these. */
  const free = new Set<string>(["httpHost", "dataDir", "runnerHost", "runnerListenHost", "apiKey"])

  it.effect.each(Object.entries(documentation).filter(([name]) => !free.has(name)))(
    "%s is refused by its key when its value makes no sense",
    ([, { key }]) =>
      Effect.gen(function*() {
        const exit = yield* Effect.exit(load({ [key]: "neither / this" }))
        assert.strictEqual(ExitCode.ofExit(exit), 78)
        const { problems } = yield* Effect.flip(exit)
        assert.deepStrictEqual(problems.map(({ key, source }) => [key, source]), [[key, "environment"]])
        assert.match(problems[0].rule, /^must /)
      })
  )

  it.effect("keep no lock that runs out before it is refreshed", () =>
    Effect.gen(function*() {
      const given = { SAUCIER_SHARD_LOCK_EXPIRATION: "3 seconds", SAUCIER_SHARD_LOCK_REFRESH: "1 second" }
      yield* load(given)
      const exit = yield* Effect.exit(load({ ...given, SAUCIER_SHARD_LOCK_REFRESH: "1500 millis" }))
      assert.strictEqual(ExitCode.ofExit(exit), 78)
      assert.include(
        (yield* Effect.flip(exit)).message,
        "SAUCIER_SHARD_LOCK_REFRESH must be at most a third of SAUCIER_SHARD_LOCK_EXPIRATION, which is " +
          `"3 seconds" (environment), not "1500 millis" (environment)`
      )
      const alone = yield* Effect.flip(load({ SAUCIER_SHARD_LOCK_EXPIRATION: "3 seconds" }))
      assert.include(alone.message, `not "2 seconds" (default)`)
    }))

  it.effect("name a folder that is not there", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(load({ SAUCIER_CONFIG_DIR: "/nowhere/at/all" }))
      assert.include(
        error.message,
        `SAUCIER_CONFIG_DIR must be a folder that can be read, not "/nowhere/at/all"`
      )
      assert.strictEqual(ExitCode.ofExit(Exit.fail(error)), 78)
    }))
})
