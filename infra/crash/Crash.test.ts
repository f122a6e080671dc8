/** Two kills in every run of the tests, and that no point is forgotten; `pnpm test:crash` kills at all of them. */
import { assert, describe, it } from "@effect/vitest"
import { follows } from "@saucier/assembly/Subscriptions"
import * as CrashPoint from "@saucier/kernel/CrashPoint"
import * as Effect from "effect/Effect"
import { readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { globSync } from "tinyglobby"
import * as World from "../../apps/saucier/test/World.ts"
import { kills } from "./Kills.ts"
import { actors, kinds, points, unions } from "./Points.ts"

const root = join(import.meta.dirname, "../..")

/** All but what only tries the others. */
const sources = globSync(["{packages,apps}/*/src/**/*.ts", "!packages/{simulation,proof}/**"], { cwd: root })
  .map((path) => ({
    path,
    text: readFileSync(join(root, path), "utf8")
  }))

/** The files that match, in their order. */
const having = (pattern: RegExp) =>
  sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path).sort()

const found = (pattern: RegExp) =>
  sources.flatMap(({ text }) => Array.from(text.matchAll(pattern), ([, name = ""]) => name)).sort()

const context = /packages\/(order|payment|delivery|dashboard|assembly)\//

describe("the list of crash points", () => {
  it("has the events of every codec", () => {
    assert.deepStrictEqual(found(/EventCodec\.make\((\w+)/g), Object.keys(unions).sort())
  })

  it("has the messages of every actor that holds an aggregate", () => {
    const hosts = having(/Aggregate\.awake\(/).filter((path) => path.endsWith("EntityLive.ts"))
    assert.deepStrictEqual(
      hosts.map((path) => basename(path, "Live.ts")).sort(),
      Object.keys(actors).sort()
    )
  })

  it("has every subscription as what it is", () => {
    const { policies, projections, reminders } = kinds
    assert.deepStrictEqual([...policies, ...projections, ...reminders].sort(), Object.keys(follows).sort())
    const made = (kind: string) =>
      sources.filter(({ path }) => context.test(path)).flatMap(({ text }) =>
        text.match(new RegExp(`${kind}\\.make\\(`, "g")) ?? []
      )
    assert.lengthOf(made("Policy"), policies.length)
    assert.lengthOf(made("Reminder"), reminders.length)
  })

  it("is of both sides, and names nothing twice", () => {
    const names = points.map(({ name, side }) => `${side} ${name}`)
    assert.lengthOf(new Set(names), names.length)
    assert.isAbove(names.length, 100)
  })
})

/**
 * Where the code writes, sends or answers. A file that comes to this list must put its work between crash points, or
 * say here why a death in the middle of it is none.
 */
const seams: ReadonlyArray<
  readonly [what: string, pattern: RegExp, files: Readonly<Record<string, string>>]
> = [
  ["appends to a log", /\.append\(\{/, {
    "packages/eventsourcing/src/Aggregate.ts": "commit, in AppendCommit, which every log goes through"
  }],
  ["makes a group commit", /GroupCommit\.make\(/, {
    "packages/eventstore-sql/src/AppendCommit.ts": "commit"
  }],
  ["moves a checkpoint", /\.(commit|advance)\(\s*(policy\.)?(name|claims)/, {
    "packages/dashboard/src/DashboardRebuild.ts": "checkpoint, in CheckpointsSql; what it makes is made anew",
    "packages/eventsourcing/src/Policy.ts": "checkpoint, in CheckpointsSql",
    "packages/eventsourcing/src/Projection.ts": "checkpoint, in CheckpointsSql"
  }],
  ["opens a transaction", /\b(withTransaction|transaction)\(/, {
    "packages/dashboard/src/DashboardReset.ts": "a read model that a restore empties, made anew",
    "packages/eventstore-sql/src/CheckpointsPostgres.ts": "checkpoint",
    "packages/eventstore-sql/src/CheckpointsSqlite.ts": "checkpoint",
    "packages/eventstore-sql/src/EventStoreSqlite.ts": "commit",
    "packages/eventstore-sql/src/PostgresDatabase.ts": "is one",
    "packages/eventstore-sql/src/SqliteDatabase.ts": "is one",
    "packages/readmodel/src/ReadModelMigrations.ts": "before anything is served"
  }],
  ["makes clients of actors", /Sharding\.layer\b|SocketRunner\.layer/, {
    "packages/runtime/src/Cluster.ts": "send, in SendPoints"
  }],
  ["implements the provider", /PaymentProvider\.of\(/, {
    "packages/payment/src/PaymentProviderHttp.ts": "provider, in ProtectedProvider, which is put around it",
    "packages/payment/src/ProtectedProvider.ts": "provider",
    "packages/provider/src/StandIn.ts": "provider, in ProtectedProvider, which is put around it"
  }]
]

describe("a place that", () => {
  it.each(seams)("%s passes a crash point", (_, pattern, files) => {
    assert.deepStrictEqual(having(pattern), Object.keys(files).sort())
  })
})

describe("a process that is watched", () => {
  it.scopedLive("passes points of the list, and of what is no aggregate", () =>
    Effect.gen(function*() {
      const passed = new Set<string>()
      const watch: CrashPoint.Watcher = (name, side) => passed.add(`${side} ${name}`)
      const { get, patch, post } = yield* Effect.locally(World.world(), CrashPoint.watcher, watch)
      const order = yield* post("/orders", World.seed)
      const id = World.suffixOf(order)
      yield* World.until(get(`/orders/ord_${id}`), ({ body }) => body["status"] === "Preparing")
      yield* patch(`/deliveries/dlv_${id}`, { status: "Dispatched" })
      yield* post(`/orders/ord_${id}/cancel`, { reason: "too late" })
      const listed = new Set(points.map(({ name, side }) => `${side} ${name}`))
      const others = /send (Operator|Probe|TraceBoard|PulseBoard|DeliveryBoard|Dashboard)/
      assert.deepStrictEqual(Array.from(passed).filter((name) => !listed.has(name) && !others.test(name)), [])
      assert.includeMembers(Array.from(passed), [
        "after commit OrderPaid",
        "after send Payment.RequestPayment",
        "before provider charge",
        "after follow delivery.prepare",
        "after answer POST /orders"
      ])
    }))
})

kills(
  points.filter(({ name, side }) =>
    (name === "provider charge" && side === "after") || (name === "commit OrderPaid" && side === "before")
  )
)
