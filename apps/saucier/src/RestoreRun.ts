/** Brings stores back: all that is wrong is found before anything takes its place. */
import * as FileSystem from "@effect/platform/FileSystem"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Console from "effect/Console"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { join, resolve } from "node:path"
import * as BackupFiles from "./BackupFiles.ts"
import * as BackupManifest from "./BackupManifest.ts"
import * as BackupStores from "./BackupStores.ts"
import * as Colours from "./Colours.ts"
import { CommandFailed } from "./CommandFailed.ts"
import * as KnownMigrations from "./KnownMigrations.ts"
import * as Progress from "./Progress.ts"
import * as RestoreMend from "./RestoreMend.ts"
import * as RestoreStage from "./RestoreStage.ts"
import * as Server from "./Server.ts"
import type { Texts } from "./TextsEn.ts"

const failed = (message: string) => new CommandFailed({ exitCode: ExitCode.failure, message })
const unavailable = (message: string) => new CommandFailed({ exitCode: ExitCode.unavailable, message })

const manifestOf = (texts: Texts, folder: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const there = yield* Effect.orElseSucceed(fs.exists(join(folder, "backup.json")), () => false)
    if (!there) return yield* failed(texts.restore.none(folder))
    return yield* Effect.mapError(
      BackupManifest.read(folder),
      () => failed(texts.restore.unreadable(folder))
    )
  })

interface Wanted {
  readonly entry: BackupManifest.Entry
  readonly file: string
}

/** Each entry with the place that the settings give it; what cannot go there is refused. */
const wanted = (
  texts: Texts,
  { entries }: BackupManifest.Manifest,
  places: ReadonlyArray<BackupStores.Place>,
  only: ReadonlyArray<BackupManifest.Store>
) =>
  Effect.gen(function*() {
    for (const store of only) {
      if (!entries.some((entry) => entry.store === store)) {
        return yield* failed(texts.restore.notInside(store))
      }
    }
    const found: Array<Wanted> = []
    for (const entry of entries) {
      const { engine, migrations, store } = entry
      const database = places.find((place) => place.store === store)?.database
      if (database === undefined || (only.length > 0 && !only.includes(store))) continue
      if (database.engine !== "sqlite" || engine !== "sqlite") {
        return yield* failed(texts.restore.engine(store, engine, database.engine))
      }
      const newer = KnownMigrations.newer(store, engine, migrations)
      if (newer.length > 0) return yield* failed(texts.restore.newer(store, newer.join(", ")))
      found.push({ entry, file: database.file })
    }
    return found
  })

/** A bank does not go back in time with us. */
const withoutBank = (texts: Texts, all: ReadonlyArray<Wanted>) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const bank = all.find(({ entry }) => entry.store === "provider")
    if (bank === undefined || !(yield* Effect.orElseSucceed(fs.exists(bank.file), () => false))) return all
    yield* Console.error(texts.restore.kept)
    return all.filter((one) => one !== bank)
  })

const isContext = (store: string): store is BackupStores.Context =>
  BackupStores.contexts.some((context) => context === store)

/** Where each context will stand, as far as it stands anywhere. */
const databasesOf = (staged: ReadonlyArray<RestoreStage.Staged>, places: ReadonlyArray<BackupStores.Place>) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const databases: Array<readonly [BackupStores.Context, RestoreMend.Database]> = []
    for (const { database, store } of places) {
      if (!isContext(store)) continue
      if (database.engine === "postgres") {
        databases.push([store, RestoreMend.server(store, database.url)])
        continue
      }
      const waits = staged.find(({ entry }) => entry.store === store)?.waits
      const there = yield* Effect.orElseSucceed(fs.exists(database.file), () => false)
      if (waits !== undefined || there) {
        databases.push([store, RestoreMend.file(store, waits ?? database.file)])
      }
    }
    return new Map(databases)
  })

const refusal = ({ restore }: Texts, error: EventStoreUnavailable) =>
  error.reason === "in-use"
    ? unavailable(restore.inUse(error.detail))
    : failed(restore.damaged(error.store, error.detail))

export const run = (
  texts: Texts,
  given: {
    readonly folder: string
    readonly only: ReadonlyArray<BackupManifest.Store>
    readonly url: Option.Option<string>
  }
) =>
  Effect.gen(function*() {
    const { restore } = texts
    const folder = resolve(given.folder)
    const manifest = yield* manifestOf(texts, folder)
    const places = yield* BackupStores.all
    const all = yield* withoutBank(texts, yield* wanted(texts, manifest, places, given.only))
    const server = yield* Server.make(texts, given.url)
    const running = yield* BackupFiles.open(
      server,
      all.map(({ entry, file }) => ({ store: entry.store, file }))
    )
    if (running.length > 0) return yield* unavailable(restore.running(server.url))
    yield* Effect.forEach(all, ({ file }) => RestoreStage.vacant(texts, file), { discard: true })

    const bytes = all.reduce((sum, { entry }) => sum + entry.bytes, 0)
    const bar = yield* Progress.make(texts.backup.progress, 2 * bytes, { stage: texts.backup.copying })
    const staged = yield* Effect.forEach(all, ({ entry, file }) =>
      RestoreStage.make(texts, folder, entry, file, (bytes) => bar.increment(bytes)))
    const mended = yield* Effect.mapError(
      RestoreMend.run(yield* databasesOf(staged, places)),
      (error) =>
        refusal(texts, error)
    )
    yield* Effect.forEach(staged, (one) => RestoreStage.settle(texts, one), { discard: true })
    bar.stop()
    yield* Console.log([
      `${Colours.green("✓")} ${
        restore.done(
          staged.map(({ entry }) => entry.store).join(", "),
          DateTime.formatIso(manifest.takenAt)
        )
      }`,
      ...(mended.clamped > 0 ? [`  ${restore.clamped(mended.clamped)}`] : []),
      ...(mended.refolded ? [`  ${restore.refolded}`] : []),
      ...(mended.preparing > 0 ? [`  ${restore.preparing(mended.preparing)}`] : []),
      `  ${restore.next}`
    ].join("\n"))
  }).pipe(Effect.scoped)
