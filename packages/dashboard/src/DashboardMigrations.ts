import * as ReadModelMigrations from "@saucier/readmodel/ReadModelMigrations"
import { dashboard } from "./migrations/0001_dashboard.ts"
import { dashboard as dashboardPostgres } from "./migrations/0001_dashboard_postgres.ts"

export const migrate = ReadModelMigrations.make("dashboard", {
  sqlite: { "0001_dashboard": dashboard },
  postgres: { "0001_dashboard": dashboardPostgres }
})
