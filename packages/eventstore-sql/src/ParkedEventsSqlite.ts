import * as SqlClient from "@effect/sql/SqlClient"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import { ParkedEvents } from "@saucier/eventsourcing/ParkedEvents"
import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import * as Layer from "effect/Layer"
import * as ParkedEventsSql from "./ParkedEventsSql.ts"
import { unavailable } from "./SqliteFailure.ts"
import { migrate } from "./SqliteMigrations.ts"

const make = (store: string) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    yield* migrate(store)
    return ParkedEventsSql.make(sql, store, {
      failure: unavailable(store),
      encode: identity,
      decode: identity
    })
  })

export const layer = (name: string): Layer.Layer<ParkedEvents, EventStoreUnavailable, SqlClient.SqlClient> =>
  Layer.effect(ParkedEvents, make(name))
