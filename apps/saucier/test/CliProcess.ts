/** The command line as its users run it: a process of its own, with no settings but those of the test. */
import * as Effect from "effect/Effect"
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const bin = fileURLToPath(new URL("../bin/saucier.js", import.meta.url))

export type Environment = Readonly<Record<string, string>>

export const folder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "saucier-cli-"))),
  (path) => Effect.promise(() => rm(path, { recursive: true, force: true }))
)

const gather = (child: ChildProcess) => {
  const output = { text: "", errors: "" }
  child.stdout?.on("data", (chunk: Buffer) => {
    output.text += chunk.toString()
  })
  child.stderr?.on("data", (chunk: Buffer) => {
    output.errors += chunk.toString()
  })
  return output
}

/** A process that goes on; it ends with the scope if not before. */
export const start = (command: string, parameters: ReadonlyArray<string>, environment: Environment = {}) =>
  Effect.gen(function*() {
    const { PATH = "" } = process.env
    const child = yield* Effect.acquireRelease(
      Effect.sync(() =>
        spawn(command, parameters, { env: { PATH, LANG: "C", NO_COLOR: "1", ...environment } })
      ),
      (child) => Effect.sync(() => child.kill("SIGKILL"))
    )
    const output = gather(child)
    const closed = once(child, "close")
    /** The process's own exit code, whatever its streams do. */
    const ended = Effect.promise(async () => {
      await closed
      return { code: child.exitCode, ...output }
    })
    const printed = (text: string) =>
      Effect.async<void, string>((resume) => {
        const look = () => {
          if (output.text.includes(text)) resume(Effect.void)
        }
        child.stdout.on("data", look)
        child.once("close", () => resume(Effect.fail(`It ended early: ${output.text}${output.errors}`)))
        look()
      })
    const tell = (signal: "SIGINT" | "SIGTERM") => Effect.sync(() => child.kill(signal))
    return { output, printed, ended, tell }
  })

/** Runs a shell command to its end. */
export const shell = (line: string) =>
  Effect.scoped(Effect.flatMap(start("sh", ["-c", line]), ({ ended }) => ended))

export const saucier = (parameters: ReadonlyArray<string>, environment: Environment = {}) =>
  start(process.execPath, [bin, ...parameters], environment)

/** Runs `saucier ...` to its end. */
export const run = (parameters: ReadonlyArray<string>, environment: Environment = {}) =>
  Effect.scoped(Effect.flatMap(saucier(parameters, environment), ({ ended }) => ended))
