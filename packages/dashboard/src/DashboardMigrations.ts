import * as ReadModelMigrations from "@saucier/readmodel/ReadModelMigrations"
import { dashboard } from "./migrations/0001_dashboard.ts"
import { dashboard as dashboardPostgres } from "./migrations/0001_dashboard_postgres.ts"
import { waiting } from "./migrations/0002_waiting.ts"
import { attention } from "./migrations/0003_attention.ts"

export const table = ReadModelMigrations.tableOf("dashboard")

/** Alike on both engines. */
const later = { "0002_waiting": waiting, "0003_attention": attention }

export const steps = {
  sqlite: { "0001_dashboard": dashboard, ...later },
  postgres: { "0001_dashboard": dashboardPostgres, ...later }
}

export const migrate = ReadModelMigrations.make("dashboard", steps)
