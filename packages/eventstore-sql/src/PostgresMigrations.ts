import * as Migrator from "@effect/sql/Migrator"
import * as SqlClient from "@effect/sql/SqlClient"
import type { Connection } from "@effect/sql/SqlConnection"
import { SqlError } from "@effect/sql/SqlError"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Scope from "effect/Scope"
import { events } from "./migrations/0001_events_postgres.ts"
import { subscriptions } from "./migrations/0002_subscriptions_postgres.ts"
import { runner } from "./migrations/0003_runner_postgres.ts"
import { unavailable } from "./PostgresFailure.ts"
import * as PostgresPool from "./PostgresPool.ts"
import { table } from "./SqliteMigrations.ts"

export const steps = {
  "0001_events": events,
  "0002_subscriptions": subscriptions,
  "0003_runner": runner
}

const loader = Migrator.fromRecord(steps)

const key = "hashtextextended($1, 0)"
const patience = "60 seconds"

/** Asked for again and again rather than waited for, which a limit on statements would end. */
const locked = (connection: Connection, schema: string) => {
  const attempt: Effect.Effect<ReadonlyArray<{ readonly taken: boolean }>, SqlError> = connection.execute(
    `SELECT pg_try_advisory_lock(${key}) AS taken`,
    [schema],
    undefined
  )
  return Effect.acquireRelease(
    attempt.pipe(
      Effect.repeat({ schedule: Schedule.spaced("50 millis"), until: ([row]) => row?.taken === true }),
      Effect.timeoutFail({
        duration: patience,
        onTimeout: () =>
          new SqlError({ cause: { code: "55P03", message: `another process is migrating ${schema}` } })
      }),
      Effect.interruptible
    ),
    () => Effect.ignore(connection.execute(`SELECT pg_advisory_unlock(${key})`, [schema], undefined))
  )
}

/** Runs what makes tables in a schema, which is made first; one process at a time. */
export const alone = <A, E, R>(
  options: PostgresPool.Options,
  make: Effect.Effect<A, E, R>
): Effect.Effect<A, E | SqlError, R | SqlClient.SqlClient> =>
  Effect.flatMap(SqlClient.SqlClient, (sql) => {
    const schema = PostgresPool.schemaOf(options)
    const found = Effect.map(
      sql`SELECT FROM pg_namespace WHERE nspname = ${schema}`,
      (rows) => rows.length > 0
    )
    const lock = Effect.flatMap(sql.reserve, (connection) => locked(connection, schema))
    const created = Effect.unlessEffect(sql`CREATE SCHEMA ${sql(schema)}`, found)
    return Effect.acquireUseRelease(
      Scope.make(),
      (held) => Effect.zipRight(Effect.zipRight(Scope.extend(lock, held), created), make),
      (held, exit) => Scope.close(held, exit)
    )
  })

/** Brings the tables of this package up to date. The migrator dies of a step that fails. */
export const migrate = (
  options: PostgresPool.Options
): Effect.Effect<void, EventStoreUnavailable, SqlClient.SqlClient> =>
  alone(
    options,
    Migrator.make({})({ loader, table }).pipe(
      Effect.catchAllDefect((cause) => Effect.fail({ cause }))
    )
  ).pipe(Effect.mapError(unavailable(options.name)), Effect.asVoid)
