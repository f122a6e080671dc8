/** A hand in the files of a system that stands still. */
import type * as SqlClient from "@effect/sql/SqlClient"
import * as DashboardReset from "@saucier/dashboard/DashboardReset"
import { start } from "@saucier/eventsourcing/Event"
import * as RestoredCheckpoints from "@saucier/eventstore-sql/RestoredCheckpoints"
import * as SqliteDatabase from "@saucier/eventstore-sql/SqliteDatabase"
import * as Effect from "effect/Effect"
import { join } from "node:path"
import { because, type Broken } from "./Broken.ts"
import type { Single } from "./Single.ts"

export const stores = ["order", "payment", "delivery", "dashboard"] as const
export type Store = (typeof stores)[number]

export const edit = <A, E extends { readonly message: string }>(
  { data }: Pick<Single, "data">,
  store: Store,
  work: Effect.Effect<A, E, SqlClient.SqlClient>
): Effect.Effect<A, Broken> =>
  Effect.provide(work, SqliteDatabase.layer({ filename: join(data, `${store}.db`), name: store })).pipe(
    Effect.mapError(({ message }) => because(`${store}.db: ${message}`))
  )

/** Those who are named believe that they have seen nothing yet. */
export const forget = (...subscriptions: ReadonlyArray<string>) =>
  Effect.forEach(subscriptions, (name) => RestoredCheckpoints.set(name, start), { discard: true })

/** All who keep their place in this store. */
export const forgetAll = Effect.flatMap(RestoredCheckpoints.all, (places) => forget(...places.keys()))

/** The dashboard's rows are gone, and it has seen nothing yet. */
export const emptied = DashboardReset.reset
