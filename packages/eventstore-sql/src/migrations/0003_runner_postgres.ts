import * as SqlClient from "@effect/sql/SqlClient"
import * as Effect from "effect/Effect"

/** Which process appended. Events of before have none, and a process of before writes none. */
export const runner = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) => sql`ALTER TABLE events ADD COLUMN runner text`
)
