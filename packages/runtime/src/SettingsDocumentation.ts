/** What people read about each setting, by the name it has inside; `{NAME}` in a default is the value of another. */
export interface SettingDocumentation {
  readonly key: string
  readonly type: string
  readonly byDefault: string
  readonly description: string
}

export const providerPresets = [
  "instant",
  "healthy",
  "seed",
  "brownout",
  "slow",
  "down",
  "decline",
  "hang",
  "lost-reply",
  "duplicate-webhook"
] as const

/** Names the folder of the files; other defaults refer to it as `{SAUCIER_DATA_DIR}`. */
export const dataDir = "SAUCIER_DATA_DIR"
const database = (context: string) => ({
  key: `SAUCIER_${context.toUpperCase()}_DATABASE_URL`,
  type: "sqlite:<path> | postgres://<server>",
  byDefault: `sqlite:{${dataDir}}/${context}.db`,
  description: `Where ${context} keeps its events`
})

export const documentation = {
  httpHost: {
    key: "SAUCIER_HTTP_HOST",
    type: "address",
    byDefault: "127.0.0.1",
    description: "Address to listen on"
  },
  httpPort: {
    key: "SAUCIER_HTTP_PORT",
    type: "port",
    byDefault: "8088",
    description: "Port to listen on, 0 for any"
  },
  httpMaxConcurrent: {
    key: "SAUCIER_HTTP_MAX_CONCURRENT",
    type: "number",
    byDefault: "500",
    description: "Requests that change something, at once; who comes beyond is answered 429"
  },
  authKeys: {
    key: "SAUCIER_AUTH_KEYS",
    type: "name:role:hash, …",
    byDefault: "",
    description:
      "Who may ask, as `saucier key` prints it, divided by commas or lines; without any, nobody has to say who they are"
  },
  authAnonymous: {
    key: "SAUCIER_AUTH_ANONYMOUS",
    type: "loopback | everywhere",
    byDefault: "loopback",
    description:
      "Without keys, whether only a loopback address may be listened on, and asked by its own names (`127.0.0.1`, `localhost`)"
  },
  apiKey: {
    key: "SAUCIER_API_KEY",
    type: "secret",
    byDefault: "",
    description: "The key that the command line shows to a system that wants one"
  },
  dataDir: { key: dataDir, type: "path", byDefault: "./data", description: "Folder of the SQLite files" },
  providerUrl: {
    key: "SAUCIER_PROVIDER_URL",
    type: "address",
    byDefault: "",
    description: "Where the payment provider is; without it the stand-in runs in this process"
  },
  providerControlUrl: {
    key: "SAUCIER_PROVIDER_CONTROL_URL",
    type: "address",
    byDefault: "",
    description: "Where the presets of a stand-in at SAUCIER_PROVIDER_URL are switched"
  },
  providerPreset: {
    key: "SAUCIER_PROVIDER_PRESET",
    type: providerPresets.join(" | "),
    byDefault: "healthy",
    description: "How the stand-in payment provider behaves"
  },
  webhookSecrets: {
    key: "SAUCIER_WEBHOOK_SECRETS",
    type: "secrets",
    byDefault: "",
    description:
      "What the provider signs its webhooks with, two while they are rotated; without any, none is taken"
  },
  providerTimeout: {
    key: "SAUCIER_PROVIDER_TIMEOUT",
    type: "duration",
    byDefault: "3 seconds",
    description: "After it one attempt at the provider counts as unanswered, and its outcome as unknown"
  },
  providerConcurrent: {
    key: "SAUCIER_PROVIDER_CONCURRENT",
    type: "number",
    byDefault: "64",
    description: "Calls to the provider at once; four times as many wait for a place, up to a second"
  },
  breakerWindow: {
    key: "SAUCIER_BREAKER_WINDOW",
    type: "duration",
    byDefault: "10 seconds",
    description: "How far back the circuit breaker looks"
  },
  breakerMinimumCalls: {
    key: "SAUCIER_BREAKER_MINIMUM_CALLS",
    type: "number",
    byDefault: "20",
    description: "With fewer calls in the window it does not open"
  },
  breakerFailureRate: {
    key: "SAUCIER_BREAKER_FAILURE_RATE",
    type: "share",
    byDefault: "0.5",
    description: "From this share of failed calls on it opens"
  },
  breakerSlowCall: {
    key: "SAUCIER_BREAKER_SLOW_CALL",
    type: "duration",
    byDefault: "680 millis",
    description: "A call that takes longer is slow"
  },
  breakerSlowRate: {
    key: "SAUCIER_BREAKER_SLOW_RATE",
    type: "share",
    byDefault: "0.5",
    description: "From this share of slow calls on it opens"
  },
  breakerOpenWait: {
    key: "SAUCIER_BREAKER_OPEN_WAIT",
    type: "duration",
    byDefault: "5 seconds",
    description: "How long it stays open at first; twice as long each time it opens again, up to 30 seconds"
  },
  breakerHalfOpenCalls: {
    key: "SAUCIER_BREAKER_HALF_OPEN_CALLS",
    type: "number",
    byDefault: "5",
    description: "Trial calls that decide whether it closes"
  },
  sqliteSynchronous: {
    key: "SAUCIER_SQLITE_SYNCHRONOUS",
    type: "FULL | NORMAL",
    byDefault: "FULL",
    description:
      "FULL survives power loss; NORMAL is faster and may lose the last commits when the machine stops"
  },
  clusterDatabase: {
    key: "SAUCIER_CLUSTER_DATABASE_URL",
    type: "postgres://<server>",
    byDefault: "",
    description:
      "Where the processes of a cluster find each other and lock their shards, one cluster a database; one process alone needs none"
  },
  runnerHost: {
    key: "SAUCIER_RUNNER_HOST",
    type: "address",
    byDefault: "127.0.0.1",
    description: "Where other processes of the cluster reach this one"
  },
  runnerListenHost: {
    key: "SAUCIER_RUNNER_LISTEN_HOST",
    type: "address",
    byDefault: "{SAUCIER_RUNNER_HOST}",
    description: "Address to listen on for them, when it is another"
  },
  runnerPort: {
    key: "SAUCIER_RUNNER_PORT",
    type: "port",
    byDefault: "34431",
    description: "Port for them, 0 for any. Nothing protects it: let only the cluster reach it"
  },
  shardsPerGroup: {
    key: "SAUCIER_SHARDS_PER_GROUP",
    type: "number",
    byDefault: "64",
    description:
      "Into how many shards each service's aggregates are divided; the same in every process, changed only when all are stopped"
  },
  shardLockExpiration: {
    key: "SAUCIER_SHARD_LOCK_EXPIRATION",
    type: "duration",
    byDefault: "10 seconds",
    description:
      "After such a silence a process counts as gone and its shards move. Shorter heals sooner; a stall that is longer costs a healthy process its shards"
  },
  shardLockRefresh: {
    key: "SAUCIER_SHARD_LOCK_REFRESH",
    type: "duration",
    byDefault: "2 seconds",
    description: "How often a process says that it lives; at most a third of the expiration"
  },
  orderDatabase: database("order"),
  paymentDatabase: database("payment"),
  deliveryDatabase: database("delivery"),
  dashboardDatabase: { ...database("dashboard"), description: "Where the dashboard keeps its read model" }
} as const satisfies Record<string, SettingDocumentation>
