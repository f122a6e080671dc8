import * as Args from "@effect/cli/Args"
import * as Command from "@effect/cli/Command"
import type { PlatformError } from "@effect/platform/Error"
import * as FileSystem from "@effect/platform/FileSystem"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Arr from "effect/Array"
import * as Console from "effect/Console"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { dirname, resolve } from "node:path"
import manifest from "../package.json" with { type: "json" }
import * as BackupFiles from "./BackupFiles.ts"
import * as BackupManifest from "./BackupManifest.ts"
import * as BackupStores from "./BackupStores.ts"
import * as Colours from "./Colours.ts"
import { CommandFailed } from "./CommandFailed.ts"
import * as CommonOptions from "./CommonOptions.ts"
import * as Progress from "./Progress.ts"
import * as Server from "./Server.ts"
import type { Texts } from "./TextsEn.ts"

const failed = (message: string) => new CommandFailed({ exitCode: ExitCode.failure, message })

/** One step at a time: Node's own recursion never ends where a folder is there and yet takes none, as in /proc. */
const makeFolder = (folder: string): Effect.Effect<void, PlatformError, FileSystem.FileSystem> =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const there = Effect.map(fs.stat(folder), ({ type }) => type === "Directory")
    if (yield* Effect.orElseSucceed(there, () => false)) return
    if (dirname(folder) !== folder) yield* makeFolder(dirname(folder))
    yield* fs.makeDirectory(folder, { mode: 0o700 })
  })

/** The folder, empty; what is in it when the backup fails is taken away again. */
const emptyFolder = (texts: Texts, folder: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const within = Effect.orElseSucceed(fs.readDirectory(folder), () => [])
    if ((yield* within).length > 0) return yield* failed(texts.backup.notEmpty(folder))
    yield* Effect.mapError(
      makeFolder(folder),
      ({ message }) => failed(texts.backup.unwritable(folder, message))
    )
    return Effect.ignore(fs.remove(folder, { recursive: true, force: true }))
  })

/** The SQLite stores that are there. */
const present = (texts: Texts) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const places = yield* BackupStores.all
    const files = places.flatMap(({ database, store }): ReadonlyArray<BackupFiles.StoreFile> =>
      database.engine === "sqlite" ? [{ store, file: database.file }] : []
    )
    const there = yield* Effect.filter(
      files,
      ({ file }) => Effect.orElseSucceed(fs.exists(file), () => false)
    )
    if (Arr.isNonEmptyReadonlyArray(there)) return there
    return yield* failed(texts.backup.nothing(Arr.dedupe(files.map(({ file }) => dirname(file))).join(", ")))
  })

const sizeOf = (files: ReadonlyArray<BackupFiles.StoreFile>) =>
  Effect.flatMap(FileSystem.FileSystem, (fs) =>
    Effect.map(
      Effect.forEach(files, ({ file }) => Effect.map(fs.stat(file), ({ size }) => Number(size))),
      (sizes) => sizes.reduce((sum, size) => sum + size, 0)
    )).pipe(Effect.orElseSucceed(() => 0))

const copyAll = (texts: Texts, server: Server.Server, folder: string) =>
  Effect.gen(function*() {
    const files = yield* present(texts)
    const open = yield* BackupFiles.open(server, files)
    const bar = yield* Progress.make(texts.backup.progress, 2 * (yield* sizeOf(files)), {
      stage: texts.backup.copying
    })
    const telling: BackupFiles.Telling = {
      stage: (stage) => bar.update({ stage }),
      moved: (bytes) => bar.increment(bytes)
    }
    const takenAt = yield* DateTime.now
    if (open.length > 0) yield* BackupFiles.fromProcess(texts, server, open, folder, telling)
    for (const file of files) {
      if (!open.includes(file)) yield* BackupFiles.fromFile(texts, file, folder, telling)
    }
    telling.stage(texts.backup.checking)
    const entries = yield* Effect.forEach(
      files,
      ({ store }) => BackupFiles.judge(texts, store, folder, telling)
    )
    const oneInstant = open.length === 0 || open.length === files.length
    return { format: 1, saucier: manifest.version, takenAt, oneInstant, entries } as const
  }).pipe(Effect.scoped)

const summary = (
  { backup }: Texts,
  folder: string,
  { entries, oneInstant, takenAt }: BackupManifest.Manifest
) => {
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  const at = DateTime.formatIso(takenAt)
  return [
    `${Colours.green("✓")} ${backup.done(entries.length, (bytes / 1e6).toFixed(1), at, folder)}`,
    `  ${oneInstant ? backup.oneInstant : backup.instants}`,
    `  ${backup.next(folder)}`
  ].join("\n")
}

export const make = (texts: Texts) =>
  Command.make("backup", {
    folder: Args.text({ name: "folder" }).pipe(Args.withDescription(texts.backup.folder)),
    url: CommonOptions.url(texts),
    json: CommonOptions.json(texts)
  }, (given) =>
    Effect.gen(function*() {
      const folder = resolve(given.folder)
      const server = yield* Server.make(texts, given.url)
      const discard = yield* emptyFolder(texts, folder)
      const made = yield* copyAll(texts, server, folder).pipe(
        Effect.tap((made) =>
          Effect.mapError(
            BackupManifest.write(folder, made),
            ({ message }) => failed(texts.backup.unwritable(folder, message))
          )
        ),
        Effect.onError(() => discard)
      )
      yield* Console.log(
        given.json
          ? JSON.stringify(Schema.encodeSync(BackupManifest.Manifest)(made))
          : summary(texts, given.folder, made)
      )
    })).pipe(Command.withDescription(texts.backup.about))
