import * as Migrator from "@effect/sql/Migrator"
import type * as SqlClient from "@effect/sql/SqlClient"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Effect from "effect/Effect"
import { events } from "./migrations/0001_events.ts"
import { subscriptions } from "./migrations/0002_subscriptions.ts"
import { runner } from "./migrations/0003_runner.ts"
import { unavailable } from "./SqliteFailure.ts"

export const table = "eventstore_migrations"

export const steps = {
  "0001_events": events,
  "0002_subscriptions": subscriptions,
  "0003_runner": runner
}

const loader = Migrator.fromRecord(steps)

/** Brings the tables of this package up to date; cheap when they are. The migrator dies of a step that fails. */
export const migrate = (store: string): Effect.Effect<void, EventStoreUnavailable, SqlClient.SqlClient> =>
  Migrator.make({})({ loader, table }).pipe(
    Effect.catchAllDefect((cause) => Effect.fail({ cause })),
    Effect.mapError(unavailable(store)),
    Effect.asVoid
  )
