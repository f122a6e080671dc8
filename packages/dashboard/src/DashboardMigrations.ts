import * as ReadModelMigrations from "@saucier/readmodel/ReadModelMigrations"
import { dashboard } from "./migrations/0001_dashboard.ts"
import { dashboard as dashboardPostgres } from "./migrations/0001_dashboard_postgres.ts"
import { waiting } from "./migrations/0002_waiting.ts"

export const table = ReadModelMigrations.tableOf("dashboard")

export const steps = {
  sqlite: { "0001_dashboard": dashboard, "0002_waiting": waiting },
  postgres: { "0001_dashboard": dashboardPostgres, "0002_waiting": waiting }
}

export const migrate = ReadModelMigrations.make("dashboard", steps)
