/**
 * Transactions whose every failure is typed: @effect/sql's own turn a BEGIN or COMMIT that fails into a defect, and
 * mark the transaction with one tag for all databases, so that a statement for one can run inside another's.
 */
import type { Connection } from "@effect/sql/SqlConnection"
import type { SqlError } from "@effect/sql/SqlError"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"

/** Depth of the open transaction per connection: 0 for the outermost, more for savepoints. */
export class OpenTransactions
  extends Context.Reference<OpenTransactions>()("@saucier/eventstore-sql/OpenTransactions", {
    defaultValue: (): ReadonlyMap<Connection, number> => new Map()
  })
{}

export const isOpen = (connection: Connection): Effect.Effect<boolean> =>
  Effect.map(OpenTransactions, (open) => open.has(connection))

/** Runs `body` between BEGIN and COMMIT (or in a savepoint) on a connection that the caller alone holds. */
export const transaction = <A, E, R>(
  connection: Connection,
  body: Effect.Effect<A, E, R>
): Effect.Effect<A, E | SqlError, R> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.flatMap(OpenTransactions, (open) => {
      const outer = open.get(connection)
      const depth = outer === undefined ? 0 : outer + 1
      const savepoint = `saucier_${depth}`
      const [begin, commit, rollback] = depth === 0
        ? ["BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"]
        : [`SAVEPOINT ${savepoint}`, `RELEASE ${savepoint}`, `ROLLBACK TO ${savepoint}`]
      const run = (sql: string) => connection.executeRaw(sql, [])
      return Effect.zipRight(
        run(begin),
        restore(body).pipe(
          Effect.provideService(OpenTransactions, new Map(open).set(connection, depth)),
          Effect.zipLeft(run(commit)),
          // SQLite has rolled back by itself after some failures, and then says that there is nothing to roll back.
          Effect.onExit((exit) => Exit.isSuccess(exit) ? Effect.void : Effect.ignore(run(rollback)))
        )
      )
    })
  )
