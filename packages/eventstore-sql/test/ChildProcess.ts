/** Runs a test's script in a process of its own, and ends it with the scope. */
import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { createRequire } from "node:module"
import { fileURLToPath, pathToFileURL } from "node:url"

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href

export const start = (script: string, parameters: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const path = fileURLToPath(new URL(script, import.meta.url))
    const child = yield* Effect.acquireRelease(
      Effect.sync(() => spawn(process.execPath, ["--import", tsx, path, ...parameters])),
      (child) => Effect.sync(() => child.kill("SIGKILL"))
    )
    const output = { lines: 0, text: "", errors: "" }
    const exited = once(child, "close")
    child.stderr.on("data", (chunk: Buffer) => {
      output.errors += chunk.toString()
    })
    child.stdout.on("data", (chunk: Buffer) => {
      const text = chunk.toString()
      output.text += text
      output.lines += text.split("\n").length - 1
    })
    const printed = (lines: number) =>
      Effect.async<void, string>((resume) => {
        const look = () => {
          if (output.lines >= lines) resume(Effect.void)
        }
        child.stdout.on("data", look)
        child.once("close", () => resume(Effect.fail(`It ended early: ${output.errors}`)))
        look()
      })
    const kill = Effect.promise(async () => {
      child.kill("SIGKILL")
      await exited
    })
    return { output, printed, kill }
  })
