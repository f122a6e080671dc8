/**
 * A context in a SQLite file has one runner: a second one, with the same file or another, would answer for the same orders
 * from other books. The first holds a lock on the cluster's database for as long as it lives, and is the only one that may
 * take shards.
 */
import { ShardingConfig } from "@effect/cluster/ShardingConfig"
import * as SqlClient from "@effect/sql/SqlClient"
import type { Connection } from "@effect/sql/SqlConnection"
import type { SqlError } from "@effect/sql/SqlError"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import { unavailable } from "@saucier/eventstore-sql/PostgresFailure"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as ContextDatabase from "./ContextDatabase.ts"
import { ExitCode } from "./ExitCode.ts"
import { Health } from "./Health.ts"
import { Settings } from "./Settings.ts"

/** Only one process may answer for a file. */
export class RunnerRefused extends Schema.TaggedError<RunnerRefused>()("RunnerRefused", {
  context: Schema.String,
  setting: Schema.String
}) {
  readonly exitCode = ExitCode.unavailable
  override get message() {
    return `Another process runs ${this.context} in this cluster already, and ${this.setting} names a SQLite file, which only ` +
      `one process can have. Stop that process, or let all of them use PostgreSQL: ${this.setting}=postgres://...`
  }
}

const taken = (connection: Connection, context: string): Effect.Effect<boolean, SqlError> =>
  Effect.map(
    connection.execute(
      "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken",
      [`saucier sqlite ${context}`],
      undefined
    ),
    ([row]) => row?.taken === true
  )

const beat = (connection: Connection) => connection.execute("SELECT 1", [], undefined)

/** Two that answer from different books are worse than none. */
const leave = (refused: RunnerRefused) =>
  Effect.zipRight(
    Effect.logError(`This process ends. ${refused.message}`),
    Effect.sync(() => process.kill(process.pid, "SIGTERM"))
  )

const hold = (context: ContextDatabase.Context) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const health = yield* Health
    const { shardLockExpiration, shardLockRefresh } = yield* Settings
    const refused = new RunnerRefused({ context, setting: ContextDatabase.settingOf(context) })
    const first = yield* Deferred.make<void, EventStoreUnavailable | RunnerRefused>()
    let held = false

    /** Patient, as the session of a predecessor that died, or our own whose connection broke, may live a little longer. */
    const acquired = (connection: Connection) =>
      Effect.repeat(taken(connection, context), {
        until: (yes) => yes,
        schedule: Schedule.spaced("200 millis")
      }).pipe(Effect.timeoutFail({
        duration: Duration.sum(shardLockExpiration, shardLockRefresh),
        onTimeout: () => refused
      }))

    /** Until the connection breaks, and the lock with it. */
    const session = Effect.scoped(Effect.gen(function*() {
      const connection = yield* sql.reserve
      yield* acquired(connection)
      held = true
      yield* Deferred.succeed(first, undefined)
      yield* Effect.repeat(beat(connection), Schedule.spaced(shardLockRefresh))
    })).pipe(
      Effect.ensuring(Effect.sync(() => {
        held = false
      }))
    )
    const keeping = session.pipe(
      Effect.tapErrorTag("SqlError", (error) => Deferred.fail(first, unavailable("cluster")(error))),
      Effect.retry({
        schedule: Schedule.spaced("500 millis"),
        while: ({ _tag }) => _tag === "SqlError"
      }),
      Effect.catchTag("RunnerRefused", (refused) =>
        Effect.flatMap(Deferred.fail(first, refused), (begins) =>
          begins ? Effect.void : leave(refused)))
    )

    yield* health.add({
      name: `only runner of ${context}`,
      run: Effect.suspend(() =>
        held ? Effect.void : Effect.fail({ message: refused.message })
      )
    })
    yield* Effect.forkScoped(keeping)
    yield* Deferred.await(first)
  })

/** Comes before the runner joins the cluster. Any number may run a context on PostgreSQL. */
export const layer = Layer.scopedDiscard(Effect.gen(function*() {
  const { assignedShardGroups } = yield* ShardingConfig
  for (const group of assignedShardGroups.filter(ContextDatabase.isContext)) {
    const { engine } = yield* ContextDatabase.of(group)
    if (engine === "sqlite") yield* hold(group)
  }
}))
