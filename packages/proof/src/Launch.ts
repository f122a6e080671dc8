/** A command of Saucier's, run with the settings of a trial and no others; it ends with the scope, if not before. */
import * as Effect from "effect/Effect"
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import process from "node:process"
import { Program } from "./Program.ts"

export interface Launched {
  readonly child: ChildProcess
  readonly said: () => string
  /** Its exit code, or null when a signal ended it. */
  readonly ended: Effect.Effect<number | null>
}

export type Settings = Readonly<Record<string, string>>

const run = (program: string, parameters: ReadonlyArray<string>, settings: Settings): Launched => {
  const { PATH = "" } = process.env
  const child = spawn(process.execPath, [program, ...parameters], {
    env: { PATH, LANG: "C", NO_COLOR: "1", ...settings },
    stdio: ["ignore", "pipe", "pipe"]
  })
  let said = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => said = `${said}${chunk}`.slice(-100_000))
  }
  const ended = once(child, "close").then(() => child.exitCode)
  return { child, said: () => said, ended: Effect.promise(() => ended) }
}

const end = ({ child, ended }: Launched, signal: NodeJS.Signals) =>
  Effect.suspend(() => {
    if (child.exitCode !== null || child.signalCode !== null) return Effect.void
    child.kill(signal)
    return Effect.asVoid(ended)
  })

export const launch = (parameters: ReadonlyArray<string>, settings: Settings) =>
  Effect.flatMap(Program, (program) =>
    Effect.acquireRelease(
      Effect.sync(() => run(program, parameters, settings)),
      (launched) => end(launched, "SIGTERM")
    ))

/** Runs a command to its end. */
export const toEnd = (parameters: ReadonlyArray<string>, settings: Settings = {}) =>
  Effect.scoped(
    Effect.flatMap(launch(parameters, settings), ({ ended, said }) =>
      Effect.map(ended, (code) => ({ code, said: said() })))
  )
