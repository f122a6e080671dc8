/**
 * The supervisor's hold on its data folder. The database is locked by the operating system for as long as the process
 * lives, so there is one supervisor; and it holds which processes were started, so that the next one can end what a
 * supervisor that was killed has left behind.
 */
import type * as CommandExecutor from "@effect/platform/CommandExecutor"
import type * as FileSystem from "@effect/platform/FileSystem"
import * as SqlClient from "@effect/sql/SqlClient"
import * as SqliteDatabase from "@saucier/eventstore-sql/SqliteDatabase"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import { join } from "node:path"
import * as ProcessBirth from "./ProcessBirth.ts"
import * as Signal from "./Signal.ts"

export class FolderTaken extends Data.TaggedError("FolderTaken")<{
  readonly inUse: boolean
  readonly detail: string
}> {}

export interface Recorded {
  readonly name: string
  readonly pid: number
  readonly birth: string
}

export class SupervisorRecords extends Context.Tag("@saucier/app-saucier/SupervisorRecords")<
  SupervisorRecords,
  {
    readonly add: (name: string, pid: number) => Effect.Effect<void>
    readonly remove: (pid: number) => Effect.Effect<void>
    /** Ends what an earlier supervisor has left; gives the names of what still ran. */
    readonly endLeftOvers: Effect.Effect<ReadonlyArray<string>>
  }
>() {}

/** How long what was left behind may take to end by itself. */
const patience = Duration.seconds(15)

const gone = (pid: number, birth: string) => Effect.map(ProcessBirth.of(pid), (now) => now !== birth)

const end = ({ birth, pid }: Recorded) =>
  Effect.gen(function*() {
    const awaited = Effect.repeat(gone(pid, birth), {
      schedule: Schedule.spaced("100 millis"),
      until: (gone) => gone
    })
    Signal.send(pid, "SIGTERM")
    Signal.send(pid, "SIGCONT")
    yield* Effect.timeoutTo(awaited, {
      duration: patience,
      onSuccess: () => undefined,
      onTimeout: () => Signal.send(pid, "SIGKILL")
    })
    yield* awaited
  })

const make = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const context = yield* Effect.context<FileSystem.FileSystem | CommandExecutor.CommandExecutor>()
  yield* sql`CREATE TABLE IF NOT EXISTS processes (pid INTEGER PRIMARY KEY, birth TEXT NOT NULL, name TEXT NOT NULL)`
  const remove = (pid: number) => Effect.orDie(Effect.asVoid(sql`DELETE FROM processes WHERE pid = ${pid}`))
  return SupervisorRecords.of({
    add: (name, pid) =>
      Effect.gen(function*() {
        const birth = yield* ProcessBirth.of(pid)
        if (birth !== null) yield* sql`INSERT OR REPLACE INTO processes ${sql.insert({ pid, birth, name })}`
      }).pipe(Effect.orDie, Effect.provide(context)),
    remove,
    endLeftOvers: Effect.gen(function*() {
      const recorded = yield* sql<Recorded>`SELECT name, pid, birth FROM processes`
      const alive = yield* Effect.filter(recorded, ({ birth, pid }) => Effect.negate(gone(pid, birth)))
      yield* Effect.forEach(alive, end, { concurrency: "unbounded", discard: true })
      yield* sql`DELETE FROM processes`
      return alive.map(({ name }) => name)
    }).pipe(Effect.orDie, Effect.provide(context))
  })
})

export const layer = (folder: string) =>
  Layer.effect(SupervisorRecords, Effect.orDie(make)).pipe(
    Layer.provide(
      SqliteDatabase.layer({ filename: join(folder, "supervisor.db"), name: "supervisor" }).pipe(
        Layer.catchAll(({ detail, reason }) =>
          Layer.fail(new FolderTaken({ inUse: reason === "in-use", detail }))
        )
      )
    )
  )
