/** A PostgreSQL server of its own, in a temporary folder on a free port, that is gone when the scope closes. */
import { afterAll, assert, beforeAll } from "@effect/vitest"
import type { UnknownException } from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Scope from "effect/Scope"
import { chownSync } from "node:fs"
import * as Pg from "pg"
import * as LoopbackPort from "../../runtime/src/LoopbackPort.ts"
import * as Folder from "./Folder.ts"
import * as PostgresPrograms from "./PostgresPrograms.ts"

export interface Settings {
  /** Syncs commits to disk, as a real server does. */
  readonly durable?: boolean
}

export class PostgresServer extends Context.Tag("test/PostgresServer")<PostgresServer, {
  readonly url: Redacted.Redacted
  /** `fast` ends its sessions and shuts down in order; `immediate` is a crash. */
  readonly stop: (mode: "fast" | "immediate") => Effect.Effect<void>
  readonly start: Effect.Effect<void>
  readonly signal: (signal: "SIGSTOP" | "SIGCONT") => Effect.Effect<void>
  /** As an administrator, over a connection that no store knows. */
  readonly query: (sql: string) => Effect.Effect<ReadonlyArray<Record<string, unknown>>, UnknownException>
}>() {}

/** Autovacuum would open transactions of its own, and hold up the log for a moment. */
const flags = (data: string, port: number, { durable = false }: Settings) =>
  [
    ["-D", data, "-p", `${port}`, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    ["-c", "autovacuum=off", "-c", "max_connections=200"],
    durable ? [] : ["-c", "fsync=off", "-c", "full_page_writes=off"]
  ].flat()

/** One that has ended meanwhile is told nothing. */
const tell = (pid: number, signal: NodeJS.Signals) => {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error
  }
}

const make = (settings: Settings) =>
  Effect.gen(function*() {
    const folder = yield* Folder.temporary
    const { nobody } = PostgresPrograms
    if (nobody !== undefined) chownSync(folder, nobody.uid, nobody.gid)
    const programs = yield* Effect.promise(() => PostgresPrograms.find(folder))
    const data = `${folder}/data`
    yield* Effect.promise(() => programs.initdb(data))
    const port = yield* LoopbackPort.free
    const url = `postgres://saucier@127.0.0.1:${port}/postgres`

    const query = (sql: string) =>
      Effect.tryPromise(async () => {
        const client = new Pg.Client({ connectionString: url })
        client.on("error", () => {})
        await client.connect()
        try {
          const rows: Array<Record<string, unknown>> = (await client.query(sql)).rows
          return rows
        } finally {
          await client.end()
        }
      })

    let running: PostgresPrograms.Running | undefined
    const start = Effect.gen(function*() {
      running = yield* Effect.promise(() => programs.postgres(flags(data, port, settings)))
      yield* Effect.retry(query("SELECT 1"), Schedule.spaced("50 millis").pipe(Schedule.upTo("30 seconds")))
    }).pipe(Effect.orDie)
    const stop = (mode: "fast" | "immediate") =>
      Effect.promise(async () => {
        if (running === undefined) return
        const { child, ended, pid } = running
        tell(pid, mode === "fast" ? "SIGINT" : "SIGQUIT")
        await ended
        PostgresPrograms.forget(child)
        running = undefined
      })
    yield* Effect.acquireRelease(start, () => stop("fast"))

    return PostgresServer.of({
      url: Redacted.make(url),
      stop,
      start,
      query,
      signal: (signal) =>
        Effect.sync(() => {
          assert(running !== undefined)
          process.kill(running.pid, signal)
        })
    })
  })

/** One server for all tests of a file, which calls this once. */
export const shared = (settings: Settings = {}): Layer.Layer<PostgresServer> => {
  const scope = Effect.runSync(Scope.make())
  let server: PostgresServer["Type"] | undefined
  beforeAll(async () => {
    server = await Effect.runPromise(Scope.extend(make(settings), scope))
  }, 60_000)
  afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)), 60_000)
  return Layer.sync(PostgresServer, () => {
    assert(server !== undefined)
    return server
  })
}
