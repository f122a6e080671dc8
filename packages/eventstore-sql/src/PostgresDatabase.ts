/** One context's schema of a PostgreSQL database. Gives a SqlClient that fails with types where the stock one dies. */
import * as Reactivity from "@effect/experimental/Reactivity"
import * as PgClient from "@effect/sql-pg/PgClient"
import * as SqlClient from "@effect/sql/SqlClient"
import type { Connection } from "@effect/sql/SqlConnection"
import type { SqlError } from "@effect/sql/SqlError"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { unavailable } from "./PostgresFailure.ts"
import { migrate } from "./PostgresMigrations.ts"
import * as PostgresPool from "./PostgresPool.ts"
import { OpenTransactions, transaction } from "./PostgresTransaction.ts"

/**
 * A statement is never given up half way: the driver would send its cancellation by another connection, where it can
 * come late and hit the next statement. The server's own limits bound it.
 */
const whole = (connection: Connection): Connection => ({
  ...connection,
  execute: (sql, params, transformRows) =>
    Effect.uninterruptible(connection.execute(sql, params, transformRows)),
  executeRaw: (sql, params) => Effect.uninterruptible(connection.executeRaw(sql, params)),
  executeValues: (sql, params) => Effect.uninterruptible(connection.executeValues(sql, params)),
  executeUnprepared: (sql, params, transformRows) =>
    Effect.uninterruptible(connection.executeUnprepared(sql, params, transformRows)),
  executeStream: (sql, params, transformRows) => connection.executeStream(sql, params, transformRows)
})

const pooled = (reserve: Effect.Effect<Connection, SqlError, Scope.Scope>): Connection => {
  const using = <A>(use: (connection: Connection) => Effect.Effect<A, SqlError>) =>
    Effect.scoped(Effect.flatMap(reserve, use))
  return {
    execute: (sql, params, transformRows) => using((_) => _.execute(sql, params, transformRows)),
    executeRaw: (sql, params) => using((_) => _.executeRaw(sql, params)),
    executeValues: (sql, params) => using((_) => _.executeValues(sql, params)),
    executeUnprepared: (sql, params, transformRows) =>
      using((_) => _.executeUnprepared(sql, params, transformRows)),
    executeStream: (sql, params, transformRows) =>
      Stream.unwrapScoped(Effect.map(reserve, (_) => _.executeStream(sql, params, transformRows)))
  }
}

const make = (options: PostgresPool.Options) =>
  Effect.gen(function*() {
    const driver = yield* PgClient.fromPool({ acquire: PostgresPool.acquire(options) })
    // Interrupted while it waits for its turn, the driver would take a connection and never give it back.
    const own = Effect.map(Effect.uninterruptible(driver.reserve), whole)
    const alone = pooled(own)
    const open: Effect.Effect<Connection | undefined> = Effect.map(
      OpenTransactions,
      (all) => all.get(client)?.connection
    )
    const reserve = Effect.flatMap(open, (joined) => joined === undefined ? own : Effect.succeed(joined))

    const client: SqlClient.SqlClient = yield* SqlClient.make({
      acquirer: Effect.map(open, (joined) => joined ?? alone),
      transactionAcquirer: reserve,
      compiler: PgClient.makeCompiler(),
      spanAttributes: [["db.system.name", "postgresql"]]
    })
    return Object.assign(client, {
      withTransaction: <R, E, A>(effect: Effect.Effect<A, E, R>) =>
        Effect.flatMap(open, (joined) =>
          joined === undefined
            ? Effect.scoped(Effect.flatMap(own, (connection) => transaction(client, connection, effect)))
            : transaction(client, joined, effect))
    })
  })

/** A client of the schema as it is. */
export const client = (
  options: PostgresPool.Options
): Layer.Layer<SqlClient.SqlClient, EventStoreUnavailable> =>
  Layer.scoped(SqlClient.SqlClient, Effect.mapError(make(options), unavailable(options.name))).pipe(
    Layer.provide(Reactivity.layer)
  )

/** The same, with the tables of this package up to date. */
export const layer = (
  options: PostgresPool.Options
): Layer.Layer<SqlClient.SqlClient, EventStoreUnavailable> =>
  Layer.effectDiscard(migrate(options)).pipe(Layer.provideMerge(client(options)))
