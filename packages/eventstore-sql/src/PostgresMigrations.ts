import * as Migrator from "@effect/sql/Migrator"
import * as SqlClient from "@effect/sql/SqlClient"
import type { Connection } from "@effect/sql/SqlConnection"
import { SqlError } from "@effect/sql/SqlError"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { events } from "./migrations/0001_events_postgres.ts"
import { subscriptions } from "./migrations/0002_subscriptions_postgres.ts"
import { unavailable } from "./PostgresFailure.ts"
import * as PostgresPool from "./PostgresPool.ts"

const loader = Migrator.fromRecord({ "0001_events": events, "0002_subscriptions": subscriptions })

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

/** Brings the tables of this package up to date; one process at a time. The migrator dies of a step that fails. */
export const migrate = (
  options: PostgresPool.Options
): Effect.Effect<void, EventStoreUnavailable, SqlClient.SqlClient> =>
  Effect.scoped(Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const schema = PostgresPool.schemaOf(options)
    yield* locked(yield* sql.reserve, schema)
    const [found] = yield* sql`SELECT FROM pg_namespace WHERE nspname = ${schema}`
    if (found === undefined) yield* sql`CREATE SCHEMA ${sql(schema)}`
    yield* Migrator.make({})({ loader, table: "eventstore_migrations" }).pipe(
      Effect.catchAllDefect((cause) => Effect.fail({ cause }))
    )
  })).pipe(Effect.mapError(unavailable(options.name)))
