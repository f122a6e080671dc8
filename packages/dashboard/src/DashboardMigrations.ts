import * as Migrator from "@effect/sql/Migrator"
import * as ReadModelFailure from "@saucier/eventsourcing/ReadModelFailure"
import * as Effect from "effect/Effect"
import { dashboard } from "./migrations/0001_dashboard.ts"

const typed = ReadModelFailure.typed("dashboard")

const loader = Migrator.fromRecord({ "0001_dashboard": dashboard })

/** Brings the tables of this package up to date; cheap when they are. The migrator dies of a step that fails. */
export const migrate = Migrator.make({})({ loader, table: "dashboard_migrations" }).pipe(
  Effect.catchAllDefect((cause) => Effect.fail({ cause })),
  typed
)
