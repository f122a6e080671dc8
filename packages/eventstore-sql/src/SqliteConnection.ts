/** The driver's connection without its traps: a throw becomes a SqlError, a statement that once failed to prepare is tried anew. */
import type { Connection } from "@effect/sql/SqlConnection"
import { SqlError } from "@effect/sql/SqlError"
import * as Effect from "effect/Effect"

const typed = <A>(effect: () => Effect.Effect<A, SqlError>): Effect.Effect<A, SqlError> =>
  Effect.catchAllDefect(
    Effect.suspend(effect),
    (cause) => new SqlError({ cause, message: "The driver threw" })
  )

export const make = (driver: Connection): Connection => {
  const executeUnprepared: Connection["executeUnprepared"] = (sql, params, transformRows) =>
    typed(() => driver.executeUnprepared(sql, params, transformRows))
  // The driver keeps the failure to prepare in its cache beside the statements, and would repeat it for ever.
  const afresh = <A>(
    attempt: Effect.Effect<A, SqlError>,
    again: Effect.Effect<A, SqlError>
  ): Effect.Effect<A, SqlError> =>
    Effect.catchAll(
      attempt,
      (error) => error.message.startsWith("Failed to prepare") ? again : Effect.fail(error)
    )
  return {
    executeUnprepared,
    execute: (sql, params, transformRows) =>
      afresh(driver.execute(sql, params, transformRows), executeUnprepared(sql, params, transformRows)),
    executeRaw: (sql, params) =>
      afresh(driver.executeRaw(sql, params), executeUnprepared(sql, params, undefined)),
    executeValues: (sql, params) => driver.executeValues(sql, params),
    executeStream: (sql, params, transformRows) => driver.executeStream(sql, params, transformRows)
  }
}

/** Every single statement runs inside `around`. */
export const guarded = (
  connection: Connection,
  around: <A>(effect: Effect.Effect<A, SqlError>) => Effect.Effect<A, SqlError>
): Connection => ({
  ...connection,
  execute: (sql, params, transformRows) => around(connection.execute(sql, params, transformRows)),
  executeRaw: (sql, params) => around(connection.executeRaw(sql, params)),
  executeValues: (sql, params) => around(connection.executeValues(sql, params)),
  executeUnprepared: (sql, params, transformRows) =>
    around(connection.executeUnprepared(sql, params, transformRows))
})

/** Switches between `level` and NORMAL, and only when it must; the pragma takes effect when prepared, so it never is. */
export const synchronous = (connection: Connection, level: "FULL" | "NORMAL") => {
  let current = "unset"
  return (durable: boolean): Effect.Effect<void, SqlError> =>
    Effect.suspend(() => {
      const wanted = durable ? level : "NORMAL"
      if (current === wanted) return Effect.void
      return Effect.map(connection.executeUnprepared(`PRAGMA synchronous = ${wanted}`, [], undefined), () => {
        current = wanted
      })
    })
}
