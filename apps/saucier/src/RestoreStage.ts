/** The files of a backup beside where they belong, judged before any of them counts. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as SqliteCopy from "@saucier/eventstore-sql/SqliteCopy"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Effect from "effect/Effect"
import { dirname, join } from "node:path"
import type { Entry } from "./BackupManifest.ts"
import { CommandFailed } from "./CommandFailed.ts"
import * as FileCopy from "./FileCopy.ts"
import type { Texts } from "./TextsEn.ts"

export interface Staged {
  readonly entry: Entry
  /** Where it waits, and where it belongs. */
  readonly waits: string
  readonly file: string
}

const failed = (message: string) => new CommandFailed({ exitCode: ExitCode.failure, message })

/** What SQLite keeps beside a database; left by another one, it would be taken for this one's. */
const companions = ["", "-wal", "-shm", "-journal"]

/** Nothing of a database is there. */
export const vacant = (texts: Texts, file: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    for (const ending of companions) {
      const there = yield* Effect.orElseSucceed(fs.exists(file + ending), () => false)
      if (there) return yield* failed(texts.restore.notEmpty(file + ending))
    }
  })

const clear = (file: string) =>
  Effect.flatMap(
    FileSystem.FileSystem,
    (fs) =>
      Effect.forEach(companions, (ending) => Effect.ignore(fs.remove(file + ending, { force: true })), {
        discard: true
      })
  )

/** Removed with the scope unless it has taken its place by then. */
export const make = (
  texts: Texts,
  folder: string,
  entry: Entry,
  file: string,
  moved: (bytes: number) => void
) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const from = join(folder, entry.file)
    const waits = `${file}.restoring`
    const unwritable = (message: string) => failed(texts.restore.unwritable(message))
    if (!(yield* Effect.orElseSucceed(fs.exists(from), () => false))) {
      return yield* failed(texts.restore.missing(entry.file))
    }
    yield* Effect.mapError(
      fs.makeDirectory(dirname(file), { recursive: true }),
      ({ message }) => unwritable(message)
    )
    yield* clear(waits)
    yield* Effect.addFinalizer(() => clear(waits))
    yield* Effect.mapError(FileCopy.make(from, waits, moved), ({ cause }) => unwritable(String(cause)))
    const sha256 = yield* Effect.mapError(
      FileCopy.sha256(waits, moved),
      ({ cause }) => unwritable(String(cause))
    )
    if (sha256 !== entry.sha256) return yield* failed(texts.restore.altered(entry.file))
    yield* Effect.mapError(
      SqliteCopy.inspect({ filename: waits, name: entry.store }),
      ({ detail }) => failed(texts.restore.damaged(entry.store, detail))
    )
    const staged: Staged = { entry, waits, file }
    return staged
  })

/** Takes its place. */
export const settle = (texts: Texts, { file, waits }: Staged) =>
  Effect.flatMap(FileSystem.FileSystem, (fs) =>
    Effect.mapError(
      fs.rename(waits, file),
      ({ message }) => failed(texts.restore.unwritable(message))
    ))
