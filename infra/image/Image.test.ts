/** The folder that an image holds, started without an engine. `pnpm test:image` starts all of them as the image would. */
import { assert, describe, it } from "@effect/vitest"
import * as Callers from "@saucier/proof/Callers"
import * as LoopbackPort from "@saucier/runtime/LoopbackPort"
import * as Effect from "effect/Effect"
import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import process from "node:process"
import { promisify } from "node:util"
import * as World from "../cluster/World.ts"
import * as Folders from "./Folders.ts"

const environment = (settings: string) => ({ SAUCIER_CONFIG_DIR: settings, LANG: "C" })

const run = (folder: string, settings: string, ...parameters: ReadonlyArray<string>) =>
  Effect.promise(async () => {
    const child = execFile(process.execPath, [join(folder, "main.js"), ...parameters], {
      cwd: "/",
      env: environment(settings)
    })
    let said = ""
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => said += chunk)
    await once(child, "close")
    return { code: child.exitCode, said }
  })

const healthy = (folder: string, settings: string, path: string) =>
  Effect.promise(() =>
    promisify(execFile)(process.execPath, [join(folder, "health.js"), path], { env: environment(settings) })
      .then(() => true, () => false)
  )

describe("a packaged app", () => {
  it.scopedLive("takes an order by the settings of a mounted folder, and ends when told to", () =>
    Effect.gen(function*() {
      const folder = yield* Folders.packaged("saucier")
      const data = join(yield* Folders.temporary, "data")
      mkdirSync(data)
      const port = yield* LoopbackPort.free
      const settings = yield* Folders.mounted(yield* Folders.temporary, {
        SAUCIER_HTTP_PORT: `${port}`,
        SAUCIER_DATA_DIR: data,
        SAUCIER_PROVIDER_PRESET: "instant"
      })
      assert.isFalse(yield* healthy(folder, settings, "/livez"))
      const child = spawn(process.execPath, [join(folder, "main.js"), "start"], {
        cwd: "/",
        env: environment(settings),
        stdio: "ignore"
      })
      yield* Effect.addFinalizer(() => Effect.sync(() => child.kill("SIGKILL")))
      const base = `http://127.0.0.1:${port}`
      yield* World.until(healthy(folder, settings, "/readyz"), (ready) => ready)
      const { orderId, status } = yield* Callers.order(base, "an-order")
      assert.strictEqual(status, 201)
      assert.strictEqual((yield* World.ask(`${base}/orders/${orderId}`)).status, 200)
      const page = yield* World.ask(base)
      assert.strictEqual(page.status, 200)
      assert.include(page.text, "<html")
      assert.isFalse(yield* healthy(folder, settings, "/orders/unknown"))
      const ended = once(child, "exit")
      child.kill("SIGTERM")
      assert.deepStrictEqual(yield* Effect.promise(() => ended), [0, null])
    }))

  it.scopedLive("refuses to start on a bad value, naming key, rule and file", () =>
    Effect.gen(function*() {
      const folder = yield* Folders.packaged("payment")
      const settings = yield* Folders.mounted(yield* Folders.temporary, { SAUCIER_BREAKER_SLOW_RATE: "2" })
      const { code, said } = yield* run(folder, settings)
      assert.strictEqual(code, 78)
      assert.include(
        said,
        `SAUCIER_BREAKER_SLOW_RATE must be a share above 0 and up to 1, such as 0.5, not \\"2\\" (${settings}/SAUCIER_BREAKER_SLOW_RATE)`
      )
    }))
})
