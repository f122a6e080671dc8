import * as ReadModelMigrations from "@saucier/readmodel/ReadModelMigrations"
import { deliveryView } from "./migrations/0001_delivery_view.ts"
import { deliveryView as deliveryViewPostgres } from "./migrations/0001_delivery_view_postgres.ts"

export const table = ReadModelMigrations.tableOf("delivery")

export const steps = {
  sqlite: { "0001_delivery_view": deliveryView },
  postgres: { "0001_delivery_view": deliveryViewPostgres }
}

export const migrate = ReadModelMigrations.make("delivery", steps)
