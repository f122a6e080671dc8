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

const hold = (context: ContextDatabase.Context) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const health = yield* Health
    const { shardLockExpiration, shardLockRefresh } = yield* Settings
    const refused = new RunnerRefused({ context, setting: ContextDatabase.settingOf(context) })
    const first = yield* Deferred.make<void, EventStoreUnavailable>()
    let held = false

    /** Until the connection breaks, and its lock with it. The session of a predecessor that died may live a little longer. */
    const session = Effect.scoped(Effect.gen(function*() {
      const connection = yield* sql.reserve
      yield* Effect.repeat(taken(connection, context), {
        until: (yes) => yes,
        schedule: Schedule.spaced("200 millis")
      })
      held = true
      yield* Deferred.succeed(first, undefined)
      yield* Effect.repeat(beat(connection), Schedule.spaced(shardLockRefresh))
    })).pipe(
      Effect.ensuring(Effect.sync(() => {
        held = false
      }))
    )
    const keeping = session.pipe(
      Effect.tapError((error) => Deferred.fail(first, unavailable("cluster")(error))),
      Effect.retry(Schedule.spaced("500 millis"))
    )

    yield* health.add({
      name: `only runner of ${context}`,
      run: Effect.suspend(() => held ? Effect.void : Effect.fail({ message: refused.message }))
    })
    yield* Effect.forkScoped(keeping)
    yield* Effect.timeoutFail(Deferred.await(first), {
      duration: Duration.sum(shardLockExpiration, shardLockRefresh),
      onTimeout: () => refused
    })
  })

/** Comes before the runner joins the cluster. Any number may run a context on PostgreSQL. */
export const layer = Layer.scopedDiscard(Effect.gen(function*() {
  const { assignedShardGroups } = yield* ShardingConfig
  for (const group of assignedShardGroups.filter(ContextDatabase.isContext)) {
    const { engine } = yield* ContextDatabase.of(group)
    if (engine === "sqlite") yield* hold(group)
  }
}))
