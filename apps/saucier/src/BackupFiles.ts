/** SQLite stores into a folder: through the process that has them open, or as they lie there. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as SqliteCopy from "@saucier/eventstore-sql/SqliteCopy"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { dirname, join } from "node:path"
import type { Entry, Store } from "./BackupManifest.ts"
import { CommandFailed } from "./CommandFailed.ts"
import * as FileCopy from "./FileCopy.ts"
import type { Server } from "./Server.ts"
import type { Texts } from "./TextsEn.ts"

export interface StoreFile {
  readonly store: Store
  readonly file: string
}

/** `moved` is told of bytes, each of which is copied and then read once more. */
export interface Telling {
  readonly stage: (name: string) => void
  readonly moved: (bytes: number) => void
}

const nameOf = (store: Store) => `${store}.db`

/** The same file may be named by several paths. */
const real = (file: string) =>
  Effect.flatMap(FileSystem.FileSystem, (fs) =>
    Effect.map(
      Effect.orElseSucceed(fs.realPath(dirname(file)), () => dirname(file)),
      (folder) => join(folder, file.slice(dirname(file).length + 1))
    ))

/** Which of the files the process at the server's address has open. */
export const open = (server: Server, files: ReadonlyArray<StoreFile>) =>
  Effect.gen(function*() {
    const { items } = yield* Effect.catchIf(
      server.ask(server.api.operator.storeFiles({})),
      ({ exitCode }) => exitCode === ExitCode.unavailable,
      () => Effect.succeed({ items: [] })
    )
    const theirs = new Set(yield* Effect.forEach(items, ({ file }) => real(file)))
    return yield* Effect.filter(files, ({ file }) => Effect.map(real(file), (path) => theirs.has(path)))
  })

const unwritable = (texts: Texts, folder: string) => (error: { readonly message: string }) =>
  new CommandFailed({
    exitCode: ExitCode.failure,
    message: texts.backup.unwritable(folder, error.message)
  })

/** All as of one instant. The process goes on meanwhile; whether it kept still is known at the end. */
export const fromProcess = (
  texts: Texts,
  server: Server,
  files: ReadonlyArray<StoreFile>,
  folder: string,
  { moved }: Telling
) =>
  Effect.scoped(Effect.gen(function*() {
    const { operator } = server.api
    const { id, renewWithin } = yield* Effect.acquireRelease(
      server.ask(operator.freezeFiles({})),
      ({ id }) => Effect.ignore(server.ask(operator.thawFiles({ path: { id } })))
    )
    yield* server.ask(operator.renewFreeze({ path: { id } })).pipe(
      Effect.ignore,
      Effect.repeat(Schedule.spaced(renewWithin / 5)),
      Effect.forkScoped
    )
    yield* Effect.forEach(files, ({ file, store }) =>
      Effect.mapError(
        FileCopy.make(file, join(folder, nameOf(store)), moved),
        ({ cause }) => unwritable(texts, folder)({ message: String(cause) })
      ))
    yield* Effect.mapError(
      server.ask(operator.thawFiles({ path: { id } })),
      () => new CommandFailed({ exitCode: ExitCode.unavailable, message: texts.backup.movedOn })
    )
  }))

/** Nobody may have it open meanwhile. */
export const fromFile = (
  texts: Texts,
  { file, store }: StoreFile,
  folder: string,
  { moved }: Telling
) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    yield* SqliteCopy.make({ filename: file, name: store }, join(folder, nameOf(store))).pipe(
      Effect.mapError((error) =>
        error.reason === "in-use"
          ? new CommandFailed({
            exitCode: ExitCode.unavailable,
            message: texts.backup.inUse(store, file)
          })
          : unwritable(texts, folder)(error)
      )
    )
    moved(Number((yield* Effect.mapError(fs.stat(file), unwritable(texts, folder))).size))
  })

/** Whether a copy is whole, and what the manifest says of it. */
export const judge = (texts: Texts, store: Store, folder: string, { moved }: Telling) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const filename = join(folder, nameOf(store))
    const migrations = yield* Effect.mapError(
      SqliteCopy.inspect({ filename, name: store }),
      ({ detail }) =>
        new CommandFailed({ exitCode: ExitCode.failure, message: texts.backup.damaged(store, detail) })
    )
    const sha256 = yield* Effect.mapError(
      FileCopy.sha256(filename, moved),
      ({ cause }) => unwritable(texts, folder)({ message: String(cause) })
    )
    const { size } = yield* Effect.mapError(fs.stat(filename), unwritable(texts, folder))
    const entry: Entry = {
      store,
      engine: "sqlite",
      file: nameOf(store),
      bytes: Number(size),
      sha256,
      migrations
    }
    return entry
  })
