/** Where each store is, by the settings. */
import * as ContextDatabase from "@saucier/runtime/ContextDatabase"
import type { DatabaseUrl } from "@saucier/runtime/DatabaseUrl"
import * as Settings from "@saucier/runtime/Settings"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { join, resolve } from "node:path"
import type { Store } from "./BackupManifest.ts"

export const contexts = ["order", "payment", "delivery", "dashboard"] as const
export type Context = (typeof contexts)[number]

export interface Place {
  readonly store: Store
  readonly database: DatabaseUrl
}

/** Those of the contexts, and the ledger of the stand-in provider where it runs in Saucier's own process. */
export const all = Effect.gen(function*() {
  const settings = yield* Settings.load
  const places: ReadonlyArray<Place> = yield* Effect.forEach(
    contexts,
    (store) =>
      Effect.map(ContextDatabase.of(store), (database) => ({
        store,
        database: database.engine === "sqlite" ? { ...database, file: resolve(database.file) } : database
      }))
  ).pipe(Effect.provideService(Settings.Settings, settings))
  const provider: ReadonlyArray<Place> = Option.isSome(settings.providerUrl) ? [] : [{
    store: "provider",
    database: { engine: "sqlite", file: resolve(join(settings.dataDir, "provider.db")) }
  }]
  return [...places, ...provider]
})
