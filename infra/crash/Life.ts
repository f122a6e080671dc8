/** One process that is killed at a crash point, once, and started again on what it left behind. */
import * as Ask from "@saucier/proof/Ask"
import * as Place from "@saucier/proof/Place"
import * as LoopbackPort from "@saucier/runtime/LoopbackPort"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type { ChildProcess } from "node:child_process"
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { Point } from "./Points.ts"

const program = fileURLToPath(new URL("../../apps/saucier/bin/saucier.js", import.meta.url))
const armed = fileURLToPath(new URL("armed.js", import.meta.url))

export const secret = "a-secret-that-both-sides-know"

export interface Life {
  readonly base: string
  /** How it was killed, if it was: at the point, or otherwise, which is a fault. */
  readonly deaths: () => ReadonlyArray<string>
  /** Waits until it listens. */
  readonly up: Effect.Effect<void>
  readonly said: () => string
}

const launch = (env: Readonly<Record<string, string>>, point: Point | undefined) => {
  const { PATH = "" } = process.env
  return spawn(process.execPath, [...(point === undefined ? [] : ["--import", armed]), program, "start"], {
    env: {
      PATH,
      LANG: "C",
      NO_COLOR: "1",
      ...env,
      ...(point === undefined ? {} : { CRASH_AT: JSON.stringify([point.name, point.side, 1]) })
    },
    stdio: ["ignore", "pipe", "pipe"]
  })
}

/** Killed for good when the scope ends. */
export const start = (point: Point) =>
  Effect.gen(function*() {
    const folder = yield* Place.folder
    const port = yield* LoopbackPort.free
    const env = {
      SAUCIER_DATA_DIR: folder,
      SAUCIER_HTTP_PORT: `${port}`,
      SAUCIER_PROVIDER_PRESET: "instant",
      SAUCIER_PROVIDER_TIMEOUT: "400 millis",
      SAUCIER_BREAKER_MINIMUM_CALLS: "1000",
      SAUCIER_WEBHOOK_SECRETS: secret
    }
    const deaths: Array<string> = []
    let said = ""
    let over = false
    let child: ChildProcess | undefined
    const run = (at: Point | undefined): void => {
      const running = launch(env, at)
      child = running
      for (const stream of [running.stdout, running.stderr]) {
        stream.on("data", (chunk: Buffer) => said = `${said}${chunk}`.slice(-20_000))
      }
      running.once("close", (code, signal) => {
        if (over) return
        deaths.push(signal ?? `exit ${code}`)
        if (deaths.length === 1) run(undefined)
      })
    }
    yield* Effect.acquireRelease(
      Effect.sync(() => run(point)),
      () =>
        Effect.async<void>((resume) => {
          over = true
          if (child === undefined || child.exitCode !== null || child.signalCode !== null) {
            return resume(Effect.void)
          }
          child.once("close", () => resume(Effect.void))
          child.kill("SIGKILL")
        })
    )
    const base = `http://127.0.0.1:${port}`
    const life: Life = {
      base,
      deaths: () => deaths,
      said: () => said,
      up: Effect.asVoid(
        Effect.repeat(Ask.ask(`${base}/livez`), {
          until: ({ status }) => status === 200,
          schedule: Schedule.spaced("30 millis")
        })
      )
    }
    yield* life.up
    return life
  })
