/** A program that runs beside the benchmark: ended with it, whatever happens. */
import * as Effect from "effect/Effect"
import { type ChildProcess, spawn } from "node:child_process"
import { because } from "./Failure.ts"

export interface Child {
  readonly process: ChildProcess
  readonly printed: () => string
  readonly ended: Effect.Effect<number | null>
}

const start = (command: string, args: ReadonlyArray<string>, env: Record<string, string>): Child => {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] })
  let printed = ""
  const read = (chunk: Buffer) => printed += chunk.toString()
  child.stdout.on("data", read)
  child.stderr.on("data", read)
  const ended = new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      printed += error.message
      resolve(null)
    })
    child.once("close", resolve)
  })
  return { process: child, printed: () => printed, ended: Effect.promise(() => ended) }
}

/** Asks it to end, and after ten seconds makes it. */
const end = ({ ended, process }: Child) =>
  Effect.suspend(() => {
    process.kill("SIGTERM")
    return Effect.timeoutTo(Effect.interruptible(ended), {
      duration: "10 seconds",
      onSuccess: () => undefined,
      onTimeout: () => process.kill("SIGKILL")
    })
  })

export const make = (command: string, args: ReadonlyArray<string>, env: Record<string, string> = {}) =>
  Effect.acquireRelease(Effect.sync(() => start(command, args, env)), end)

/** What it printed, once it has ended. */
export const run = (command: string, args: ReadonlyArray<string>, env: Record<string, string> = {}) =>
  Effect.scoped(
    Effect.flatMap(make(command, args, env), (child) =>
      Effect.flatMap(child.ended, (code) =>
        code === 0
          ? Effect.succeed(child.printed())
          : Effect.fail(because(`${command} ended with ${code}: ${child.printed()}`))))
  )
