/** Checks of the machine: they need no running system. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { statfs } from "node:fs/promises"
import manifest from "../package.json" with { type: "json" }
import type { Diagnosis } from "./Diagnosis.ts"
import type { Texts } from "./TextsEn.ts"

const failing = { level: "fail", exitCode: ExitCode.failure } as const
const fine = { level: "ok", next: "", exitCode: ExitCode.ok } as const

const numbers = (version: string) => version.replace(/^\D+/, "").split(".").map(Number)

export const node = ({ doctor }: Texts, running: string): Diagnosis => {
  const [major = 0, minor = 0] = numbers(running)
  const [wantedMajor = 0, wantedMinor = 0] = numbers(manifest.engines.node)
  const enough = major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
  const about = { name: doctor.node, found: running }
  return enough
    ? { ...about, ...fine }
    : { ...about, ...failing, next: doctor.nodeOld(manifest.engines.node) }
}

/** Loads the driver and opens a database in memory. */
export const native = ({ doctor }: Texts): Effect.Effect<Diagnosis> =>
  Effect.tryPromise(() => import("@saucier/eventstore-sql/SqliteDatabase")).pipe(
    Effect.flatMap(({ layer }) =>
      Effect.scoped(Layer.build(layer({ filename: ":memory:", name: "doctor" })))
    ),
    Effect.match({
      onSuccess: () => ({ name: doctor.native, found: doctor.nativeOk, ...fine }),
      onFailure: ({ message }) => ({
        name: doctor.native,
        found: message,
        next: doctor.nativeNext,
        ...failing
      })
    })
  )

/** The folder itself, or the nearest above it that exists and would hold it. */
const existing = (folder: string): Effect.Effect<string, never, FileSystem.FileSystem | Path.Path> =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const above = path.dirname(folder)
    const there = yield* Effect.orElseSucceed(fs.exists(folder), () => false)
    return there || above === folder ? folder : yield* existing(above)
  })

export const dataFolder = ({ doctor }: Texts, folder: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const at = yield* existing((yield* Path.Path).resolve(folder))
    return yield* fs.access(at, { writable: true }).pipe(
      Effect.zipRight(Effect.filterOrFail(fs.stat(at), ({ type }) => type === "Directory")),
      Effect.match({
        onSuccess: (): Diagnosis => ({ name: doctor.data, found: doctor.dataOk(folder), ...fine }),
        onFailure: (): Diagnosis => ({
          name: doctor.data,
          found: doctor.dataFail(folder),
          next: doctor.dataNext,
          ...failing
        })
      })
    )
  })

const giga = 1e9

export const disk = ({ doctor }: Texts, folder: string) =>
  Effect.gen(function*() {
    const at = yield* existing((yield* Path.Path).resolve(folder))
    return yield* Effect.tryPromise(() => statfs(at)).pipe(
      Effect.match({
        onFailure: (): Diagnosis => ({
          ...fine,
          name: doctor.disk,
          found: doctor.diskUnknown,
          level: "warn"
        }),
        onSuccess: ({ bavail, bsize }): Diagnosis => {
          const free = bavail * bsize
          const about = { name: doctor.disk, found: doctor.diskFree((free / giga).toFixed(1)) }
          if (free > giga) return { ...about, ...fine }
          return free > giga / 10
            ? { ...about, ...fine, level: "warn", next: doctor.diskNext }
            : { ...about, ...failing, next: doctor.diskNext }
        }
      })
    )
  })

/** No correct clock stands before this was written; a machine that lost its clock starts in 1970. */
const written = Date.UTC(2026, 10, 1)

/** `theirs` is the clock of a running server, in epoch milliseconds. */
export const clock = ({ doctor }: Texts, theirs: number | undefined): Effect.Effect<Diagnosis> =>
  Effect.map(Clock.currentTimeMillis, (now) => {
    const name = doctor.clock
    if (now < written) return { name, found: doctor.clockPast, next: doctor.clockNext, ...failing }
    const apart = theirs === undefined ? 0 : Math.abs(now - theirs) / 1000
    return apart > 5
      ? { ...fine, name, found: doctor.clockSkew(apart.toFixed(0)), level: "warn", next: doctor.clockNext }
      : { name, found: doctor.clockOk, ...fine }
  })
