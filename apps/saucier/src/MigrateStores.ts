/** What a store's tables still need to be those of this version, and the steps that bring them there. */
import * as DashboardMigrations from "@saucier/dashboard/DashboardMigrations"
import * as DeliveryMigrations from "@saucier/delivery/DeliveryMigrations"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as AppliedMigrations from "@saucier/eventstore-sql/AppliedMigrations"
import * as PostgresDatabase from "@saucier/eventstore-sql/PostgresDatabase"
import * as PostgresFailure from "@saucier/eventstore-sql/PostgresFailure"
import * as PostgresMigrations from "@saucier/eventstore-sql/PostgresMigrations"
import * as SqliteDatabase from "@saucier/eventstore-sql/SqliteDatabase"
import * as SqliteFailure from "@saucier/eventstore-sql/SqliteFailure"
import * as SqliteMigrations from "@saucier/eventstore-sql/SqliteMigrations"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { existsSync } from "node:fs"
import type { Store } from "./BackupManifest.ts"
import type { Place } from "./BackupStores.ts"
import * as KnownMigrations from "./KnownMigrations.ts"

/** Building an index over years of orders may take so long: this is where there is time for it. */
const statementTimeoutMillis = 3_600_000

/** `pending` are steps by name that the store does not have; `newer` are those that only a later version knows. */
export interface Plan {
  readonly place: Place
  readonly fresh: boolean
  readonly pending: ReadonlyArray<string>
  readonly newer: ReadonlyArray<string>
}

const layerOf = ({ database, store }: Place) =>
  database.engine === "sqlite"
    ? SqliteDatabase.layer({ filename: database.file, name: store })
    : PostgresDatabase.client({
      url: database.url,
      name: store,
      maxConnections: 3,
      statementTimeoutMillis
    })

const failure = ({ database, store }: Place) => (error: unknown) => {
  if (error instanceof EventStoreUnavailable) return error
  return database.engine === "sqlite"
    ? SqliteFailure.unavailable(store)(error)
    : PostgresFailure.unavailable(store)(error)
}

const planOf = (place: Place, applied: AppliedMigrations.AppliedMigrations): Plan => {
  const known = KnownMigrations.of(place.store, place.database.engine)
  const tables = Object.entries(known)
  return {
    place,
    fresh: Object.values(applied).every((steps) => steps.length === 0),
    pending: tables.flatMap(([table, names]) =>
      names.filter((name) => !(applied[table] ?? []).includes(KnownMigrations.numberOf(name)))
    ),
    newer: tables.flatMap(([table, names]) =>
      (applied[table] ?? [])
        .filter((step) => !names.map(KnownMigrations.numberOf).includes(step))
        .map((step) => `${table} ${step}`)
    )
  }
}

/** A file that is not there stays away. */
export const plan = (place: Place): Effect.Effect<Plan, EventStoreUnavailable> => {
  const { database, store } = place
  if (database.engine === "sqlite" && !existsSync(database.file)) {
    return Effect.succeed(planOf(place, {}))
  }
  return AppliedMigrations.of(Object.keys(KnownMigrations.of(store, database.engine))).pipe(
    Effect.map((applied) => planOf(place, applied)),
    Effect.provide(layerOf(place)),
    Effect.mapError(failure(place))
  )
}

const log = ({ database, store }: Place) =>
  database.engine === "sqlite"
    ? SqliteMigrations.migrate(store)
    : PostgresMigrations.migrate({ url: database.url, name: store })

/** Brings the tables up to date that a context has beside its log. */
export const readModel = (store: Store) => {
  if (store === "delivery") return DeliveryMigrations.migrate
  return store === "dashboard" ? DashboardMigrations.migrate : Effect.void
}

/** As a process of the context does when it starts. */
export const apply = (place: Place): Effect.Effect<void, EventStoreUnavailable> =>
  Effect.zipRight(log(place), readModel(place.store)).pipe(
    Effect.provide(layerOf(place)),
    Effect.mapError(failure(place))
  )

/** Without user and password. */
export const nameOf = ({ database }: Place) => {
  if (database.engine === "sqlite") return database.file
  const { host, pathname } = new URL(Redacted.value(database.url))
  return `postgres://${host}${pathname}`
}
