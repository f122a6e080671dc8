/** A process that dies by kill -9 and comes back on the same port and the same storage. */
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { because, type Failure } from "../bench/Failure.ts"

export interface Party {
  readonly name: string
  readonly killAndRestart: Effect.Effect<void, Failure>
  /** How often it has been killed. */
  readonly deaths: () => number
}

export interface Options {
  readonly name: string
  readonly program: string
  readonly args: ReadonlyArray<string>
  readonly env: Readonly<Record<string, string>>
  /** Answers 2xx when the process can work. */
  readonly ready: URL
}

const answers = (url: URL) =>
  Effect.tryPromise(() => fetch(url)).pipe(Effect.filterOrFail(({ ok }) => ok), Effect.asVoid)

const launch = ({ args, env, name, program, ready }: Options) =>
  Effect.gen(function*() {
    const { PATH = "" } = process.env
    const child = spawn(process.execPath, [program, ...args], {
      env: { PATH, LANG: "C", ...env },
      stdio: ["ignore", "ignore", "pipe"]
    })
    let errors = ""
    child.stderr.on("data", (chunk: Buffer) => errors = `${errors}${chunk}`.slice(-2000))
    const closed = once(child, "close")
    const ended = Effect.flatMap(Effect.promise(() => closed), () =>
      Effect.fail(because(`${name} ended by itself with ${child.exitCode}: ${errors}`)))
    yield* Effect.raceFirst(Effect.retry(answers(ready), Schedule.spaced("50 millis")), ended).pipe(
      Effect.timeoutFail({
        duration: "30 seconds",
        onTimeout: () =>
          because(`${name} was not ready within 30 s: ${errors}`)
      }),
      Effect.mapError(({ message }) => because(message))
    )
    return {
      kill: Effect.promise(async () => {
        child.kill("SIGKILL")
        await closed
      })
    }
  })

/** Runs until the scope ends. */
export const make = (options: Options) =>
  Effect.gen(function*() {
    let running = yield* launch(options)
    let deaths = 0
    yield* Effect.addFinalizer(() => Effect.suspend(() => running.kill))
    const party: Party = {
      name: options.name,
      deaths: () => deaths,
      killAndRestart: Effect.gen(function*() {
        yield* running.kill
        deaths++
        running = yield* launch(options)
      })
    }
    return party
  })
