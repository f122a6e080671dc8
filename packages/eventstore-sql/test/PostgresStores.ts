/** Layers over one server: each build of `fresh` has a schema of its own, as each build of an in-memory store is new. */
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import type * as PostgresPool from "@saucier/eventstore-sql/PostgresPool"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { PostgresServer } from "./PostgresServer.ts"

let built = 0

export const fresh = <A>(
  layer: (options: PostgresPool.Options) => Layer.Layer<A, EventStoreUnavailable>
): Layer.Layer<A, EventStoreUnavailable, PostgresServer> =>
  Layer.unwrapEffect(Effect.map(PostgresServer, ({ url }) => {
    built++
    return layer({ url, name: `test_${built}`, maxConnections: 4 })
  }))
