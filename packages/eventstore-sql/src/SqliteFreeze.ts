/**
 * SQLite's files standing still: with every connection held, all are checkpointed, so that each file is whole, and from
 * then on writes gather in the write-ahead logs. Another process may copy the files meanwhile; this one must not, since
 * closing a second handle of a file gives up the lock on it (POSIX).
 */
import { SqlError } from "@effect/sql/SqlError"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import { FreezeOver, FreezeUnderWay, StoreFreeze } from "@saucier/eventsourcing/StoreFreeze"
import * as TypeId from "@saucier/kernel/TypeId"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { resolve } from "node:path"
import { unavailable } from "./SqliteFailure.ts"
import { type SqliteFile, SqliteFiles } from "./SqliteFiles.ts"

/** SQLite's own default, in pages. */
const checkpointAfter = 1000

const pragma = ({ connection, store }: SqliteFile, text: string) =>
  Effect.mapError(connection.executeUnprepared(`PRAGMA ${text}`, [], undefined), unavailable(store))

const checkpointing = (file: SqliteFile, pages: number) => pragma(file, `wal_autocheckpoint = ${pages}`)

const busy = new SqlError({
  cause: { code: "SQLITE_BUSY", message: "the write-ahead log could not be emptied" }
})

/** Brings the file up to date and leaves it so. */
const settle = (file: SqliteFile) =>
  Effect.zipRight(
    checkpointing(file, 0),
    Effect.filterOrFail(
      pragma(file, "wal_checkpoint(TRUNCATE)"),
      ([row]) => row?.["busy"] === 0,
      () => unavailable(file.store)(busy)
    )
  )

/** In the same order for everyone, one inside the other. */
const together = <A, E>(files: ReadonlyArray<SqliteFile>, use: Effect.Effect<A, E>) =>
  files.reduceRight((inside, { alone }) => alone(inside), use)

export interface Options {
  /** Milliseconds without a renewal after which a freeze ends. */
  readonly renewWithin: number
}

const make = ({ renewWithin }: Options) =>
  Effect.gen(function*() {
    const { open } = yield* SqliteFiles
    const scope = yield* Effect.scope
    let current: { readonly id: string; readonly files: ReadonlyArray<SqliteFile>; seen: number } | undefined

    const resume = (files: ReadonlyArray<SqliteFile>) =>
      Effect.forEach(
        files,
        (file) => Effect.ignore(file.alone(checkpointing(file, checkpointAfter))),
        { discard: true }
      )

    const end = Effect.suspend(() => {
      const files = current?.files ?? []
      current = undefined
      return resume(files)
    })

    /** Whoever copies may have died. */
    const expire = (id: string, wait: number): Effect.Effect<void> =>
      Effect.gen(function*() {
        yield* Effect.sleep(wait)
        const idle = (yield* Clock.currentTimeMillis) - (current?.seen ?? 0)
        if (current?.id !== id) return
        yield* idle < renewWithin ? expire(id, renewWithin - idle) : end
      })

    const standing = (id: string) =>
      Effect.suspend(() => current?.id === id ? Effect.succeed(current) : Effect.fail(new FreezeOver({ id })))

    const late = new EventStoreUnavailable({
      store: "files",
      reason: "timeout",
      detail: "the writers did not pause"
    })

    return StoreFreeze.of({
      files: Effect.map(open, (files) => files.map(({ file, store }) => ({ store, file: resolve(file) }))),
      freeze: Effect.uninterruptible(Effect.gen(function*() {
        if (current !== undefined) return yield* new FreezeUnderWay()
        const files = yield* open
        const id = yield* TypeId.generate
        current = { id, files, seen: yield* Clock.currentTimeMillis }
        yield* together(files, Effect.forEach(files, settle, { discard: true })).pipe(
          Effect.interruptible,
          Effect.timeoutFail({ duration: "10 seconds", onTimeout: () => late }),
          Effect.onError(() => end)
        )
        yield* Effect.forkIn(Effect.interruptible(expire(id, renewWithin)), scope)
        return { id, renewWithin, files: files.map(({ file, store }) => ({ store, file: resolve(file) })) }
      })),
      renew: (id) =>
        Effect.flatMap(standing(id), (freeze) =>
          Effect.map(Clock.currentTimeMillis, (now) => {
            freeze.seen = now
          })),
      thaw: (id) => Effect.uninterruptible(Effect.zipRight(standing(id), end))
    })
  })

export const layer = (options: Options = { renewWithin: 30_000 }) => Layer.scoped(StoreFreeze, make(options))
