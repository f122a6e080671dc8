/** The provider as a process of its own, which can be killed. */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const program = fileURLToPath(new URL("../bin/provider.js", import.meta.url))

export const temporaryFolder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "saucier-"))),
  (folder) => Effect.promise(() => rm(folder, { recursive: true, force: true }))
)

const launch = (settings: Record<string, string>) =>
  Effect.gen(function*() {
    const ended = yield* Deferred.make<number | null>()
    const output = { text: "" }
    const child = yield* Effect.acquireRelease(
      Effect.sync(() =>
        spawn(process.execPath, [program], {
          env: {
            ...process.env,
            SAUCIER_PROVIDER_HTTP_PORT: "0",
            SAUCIER_PROVIDER_CONTROL_PORT: "0",
            SAUCIER_PROVIDER_PRESET: "instant",
            ...settings
          },
          stdio: ["ignore", "pipe", "pipe"]
        })
      ),
      (child) => Effect.zipRight(Effect.sync(() => child.kill("SIGKILL")), Deferred.await(ended))
    )
    child.on("exit", (code) => Effect.runSync(Deferred.succeed(ended, code)))
    const printed = (pattern: RegExp) =>
      Effect.async<string>((resume) => {
        const look = () => {
          const [, found] = pattern.exec(output.text) ?? []
          if (found !== undefined) resume(Effect.succeed(found))
        }
        for (const stream of [child.stdout, child.stderr]) stream.on("data", look)
        look()
      })
    for (const stream of [child.stdout, child.stderr]) {
      stream.prependListener("data", (chunk: Buffer) => {
        output.text += chunk.toString()
      })
    }
    const end = (signal: NodeJS.Signals) =>
      Effect.zipRight(Effect.sync(() => child.kill(signal)), Deferred.await(ended))
    return { output, printed, ended: Deferred.await(ended), end }
  })

/** Gives its exit code and what it printed; for a process that is not to start. */
export const fails = (settings: Record<string, string>) =>
  Effect.flatMap(
    launch(settings),
    ({ ended, output }) => Effect.map(ended, (code) => ({ code, text: output.text }))
  )

/** Resolves when it listens; dies with what it printed when it ends before. Killed when the scope closes. */
export const start = (folder: string, settings: Record<string, string> = {}) =>
  Effect.gen(function*() {
    const { end, ended, output, printed } = yield* launch({ SAUCIER_PROVIDER_DATA_DIR: folder, ...settings })
    const [url, controlUrl] = yield* Effect.race(
      Effect.all([printed(/charges: +(http:\S+)/), printed(/controls: +(http:\S+)/)]),
      Effect.flatMap(ended, (code) => Effect.dieMessage(`It ended with ${code}: ${output.text}`))
    )
    return { url, controlUrl, end }
  })
