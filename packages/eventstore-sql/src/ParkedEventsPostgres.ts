import * as SqlClient from "@effect/sql/SqlClient"
import { ParkedEvents } from "@saucier/eventsourcing/ParkedEvents"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ParkedEventsSql from "./ParkedEventsSql.ts"
import { unavailable } from "./PostgresFailure.ts"
import { decode, encode } from "./PostgresText.ts"

export const layer = (name: string): Layer.Layer<ParkedEvents, never, SqlClient.SqlClient> =>
  Layer.effect(
    ParkedEvents,
    Effect.map(SqlClient.SqlClient, (sql) =>
      ParkedEventsSql.make(sql, name, { failure: unavailable(name), encode, decode }))
  )
