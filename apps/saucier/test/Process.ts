/** The system as its users start it: a process of its own, which can be killed. */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

const program = fileURLToPath(new URL("../bin/saucier.js", import.meta.url))

export interface Process {
  readonly url: string
  /** Sends the signal and waits until the process has ended; gives its exit code, or null when the signal killed it. */
  readonly end: (signal: NodeJS.Signals) => Effect.Effect<number | null>
}

/** Resolves when it listens; dies with what it printed when it ends before. Killed when the scope closes. */
export const start = (folder: string, settings: Record<string, string> = {}) =>
  Effect.gen(function*() {
    const listening = yield* Deferred.make<string>()
    const ended = yield* Deferred.make<number | null>()
    let printed = ""
    const child = yield* Effect.acquireRelease(
      Effect.sync(() =>
        spawn(process.execPath, [program, "start"], {
          env: { ...process.env, SAUCIER_DATA_DIR: folder, SAUCIER_HTTP_PORT: "0", LANG: "C", ...settings },
          stdio: ["ignore", "pipe", "pipe"]
        })
      ),
      (child) => Effect.zipRight(Effect.sync(() => child.kill("SIGKILL")), Deferred.await(ended))
    )
    const read = (chunk: Buffer) => {
      printed += chunk.toString()
      const [, url] = /(http:\/\/127\.0\.0\.1:\d+)\/docs/.exec(printed) ?? []
      if (url !== undefined) Effect.runSync(Deferred.succeed(listening, url))
    }
    child.stdout.on("data", read)
    child.stderr.on("data", read)
    child.on("exit", (code) => Effect.runSync(Deferred.succeed(ended, code)))

    const url = yield* Effect.race(
      Deferred.await(listening),
      Effect.flatMap(Deferred.await(ended), (code) => Effect.dieMessage(`It ended with ${code}: ${printed}`))
    )
    const end = (signal: NodeJS.Signals) =>
      Effect.zipRight(Effect.sync(() => child.kill(signal)), Deferred.await(ended))
    return { url, end } satisfies Process
  })
