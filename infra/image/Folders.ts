/** Packaged apps in a temporary folder, gone with the scope. */
import * as NodeContext from "@effect/platform-node/NodeContext"
import { afterAll, beforeAll } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Packaging from "./Packaging.ts"

export const temporary = Effect.acquireRelease(
  Effect.sync(() => {
    const folder = mkdtempSync(join(tmpdir(), "saucier-image-"))
    chmodSync(folder, 0o755)
    return folder
  }),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
)

export const packaged = (app: Packaging.App) =>
  Effect.gen(function*() {
    const folder = join(yield* temporary, app)
    yield* Packaging.make(app, folder)
    return folder
  }).pipe(Effect.provide(NodeContext.layer))

/** All apps, packaged once for the tests of a file, which calls this once. */
export const shared = () => {
  const scope = Effect.runSync(Scope.make())
  const folders = new Map<Packaging.App, string>()
  beforeAll(async () => {
    for (const app of Packaging.apps) {
      folders.set(app, await Effect.runPromise(Scope.extend(packaged(app), scope)))
    }
  }, 900_000)
  afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))
  return (app: Packaging.App) => Effect.fromNullable(folders.get(app)).pipe(Effect.orDie)
}

/** As Kubernetes mounts a ConfigMap: each file a link through one folder that is replaced as a whole. */
export const mounted = (folder: string, settings: Readonly<Record<string, string>>) =>
  Effect.sync(() => {
    const path = join(
      folder,
      `settings-${Object.keys(settings).length}-${Object.values(settings).join("").length}`
    )
    mkdirSync(join(path, "..2026_11_26"), { recursive: true })
    symlinkSync("..2026_11_26", join(path, "..data"))
    for (const [key, value] of Object.entries(settings)) {
      writeFileSync(join(path, "..2026_11_26", key), `${value}\n`)
      symlinkSync(join("..data", key), join(path, key))
    }
    return path
  })
