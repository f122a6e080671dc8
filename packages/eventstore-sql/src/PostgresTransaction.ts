/**
 * Transactions whose every failure is typed: @effect/sql's own turn a COMMIT that fails into a defect, and mark the
 * transaction with one tag for all databases, so that a statement for one can run inside another's.
 */
import type { Connection } from "@effect/sql/SqlConnection"
import type { SqlError } from "@effect/sql/SqlError"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { Durable } from "./Durable.ts"

export interface Open {
  readonly connection: Connection
  /** 0 for the outermost, more for savepoints. */
  readonly depth: number
}

/** The open transaction per database, which is known by its client. */
export class OpenTransactions extends Context.Reference<OpenTransactions>()(
  "@saucier/eventstore-sql/PostgresTransaction/OpenTransactions",
  {
    defaultValue: (): ReadonlyMap<object, Open> => new Map()
  }
) {}

export const isOpen = (database: object): Effect.Effect<boolean> =>
  Effect.map(OpenTransactions, (open) => open.has(database))

/** Runs `body` between BEGIN and COMMIT (or in a savepoint) on a connection that the caller alone holds. */
export const transaction = <A, E, R>(
  database: object,
  connection: Connection,
  body: Effect.Effect<A, E, R>
): Effect.Effect<A, E | SqlError, R> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.flatMap(Effect.all([OpenTransactions, Durable]), ([open, durable]) => {
      const outer = open.get(database)
      const depth = outer === undefined ? 0 : outer.depth + 1
      const savepoint = `saucier_${depth}`
      const [begin, commit, rollback] = depth === 0
        ? [durable ? "BEGIN" : "BEGIN; SET LOCAL synchronous_commit = off", "COMMIT", "ROLLBACK"]
        : [`SAVEPOINT ${savepoint}`, `RELEASE ${savepoint}`, `ROLLBACK TO ${savepoint}`]
      const run = (sql: string) => connection.executeRaw(sql, [])
      return Effect.zipRight(
        run(begin),
        restore(body).pipe(
          Effect.provideService(OpenTransactions, new Map(open).set(database, { connection, depth })),
          Effect.provideService(Durable, true),
          Effect.zipLeft(run(commit)),
          Effect.onExit((exit) => Exit.isSuccess(exit) ? Effect.void : Effect.ignore(run(rollback)))
        )
      )
    })
  )
