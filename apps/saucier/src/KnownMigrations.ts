/** The migrations that this version knows, by store and table: what it can open, and what it would do. */
import * as DashboardMigrations from "@saucier/dashboard/DashboardMigrations"
import * as DeliveryMigrations from "@saucier/delivery/DeliveryMigrations"
import * as PostgresMigrations from "@saucier/eventstore-sql/PostgresMigrations"
import type { Migrated } from "@saucier/eventstore-sql/SqliteCopy"
import * as SqliteMigrations from "@saucier/eventstore-sql/SqliteMigrations"
import type { Engine, Store } from "./BackupManifest.ts"

type Names = ReadonlyArray<string>

const log: Readonly<Record<Engine, Names>> = {
  sqlite: Object.keys(SqliteMigrations.steps),
  postgres: Object.keys(PostgresMigrations.steps)
}

/** Names of all steps, `0001_events`, by table. */
export const of = (store: Store, engine: Engine): Readonly<Record<string, Names>> => ({
  [SqliteMigrations.table]: log[engine],
  ...(store === "delivery"
    ? { [DeliveryMigrations.table]: Object.keys(DeliveryMigrations.steps[engine]) }
    : {}),
  ...(store === "dashboard"
    ? { [DashboardMigrations.table]: Object.keys(DashboardMigrations.steps[engine]) }
    : {})
})

export const numberOf = (name: string) => Number.parseInt(name, 10)

/** The tables in which a store is ahead of this version. */
export const newer = (store: Store, engine: Engine, migrated: Migrated): ReadonlyArray<string> => {
  const known = of(store, engine)
  return Object.entries(migrated).flatMap(([table, newest]) =>
    newest > Math.max(0, ...(known[table] ?? []).map(numberOf)) ? [`${table} ${newest}`] : []
  )
}
