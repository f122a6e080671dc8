/** The SQLite files that this process has open, for whoever has to stop writing to all of them at once. */
import type { Connection } from "@effect/sql/SqlConnection"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"

export interface SqliteFile {
  readonly store: string
  readonly file: string
  readonly connection: Connection
  /** Nobody else uses the connection meanwhile. */
  readonly alone: <A, E, R>(use: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}

export class SqliteFiles extends Context.Tag("@saucier/eventstore-sql/SqliteFiles")<SqliteFiles, {
  readonly open: Effect.Effect<ReadonlyArray<SqliteFile>>
  /** Until the scope closes. */
  readonly add: (file: SqliteFile) => Effect.Effect<void, never, Scope.Scope>
}>() {}

export const layer = Layer.sync(SqliteFiles, () => {
  const files = new Set<SqliteFile>()
  return SqliteFiles.of({
    open: Effect.sync(() => [...files].toSorted((a, b) => a.store < b.store ? -1 : 1)),
    add: (file) =>
      Effect.acquireRelease(
        Effect.sync(() => files.add(file)),
        () => Effect.sync(() => files.delete(file))
      )
  })
})
