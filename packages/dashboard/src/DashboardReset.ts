/** The read model emptied, so that its projections fold it anew from the first event. Numbers of changes go on. */
import * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import * as Effect from "effect/Effect"
import { checkpoint } from "./DashboardProjections.ts"

export const reset: Effect.Effect<void, SqlError, SqlClient.SqlClient> = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) =>
    Effect.asVoid(sql.withTransaction(Effect.all([
      sql`DELETE FROM dashboard_rows`,
      sql`DELETE FROM dashboard_counts`,
      sql`DELETE FROM checkpoints WHERE ${sql.in("name", Object.values(checkpoint))}`
    ])))
)
