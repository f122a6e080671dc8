/**
 * An app as a folder that needs nothing but Node.js: what the image holds, made without an engine that builds images.
 * `node main.js` in it runs the app, `node health.js [path]` asks it how it is.
 */
import * as Command from "@effect/platform/Command"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { build } from "esbuild"
import { fileURLToPath } from "node:url"
import { built } from "../bundle/page.js"

const root = fileURLToPath(new URL("../..", import.meta.url))

export const apps = ["saucier", "gateway", "order", "payment", "delivery", "dashboard", "provider"] as const
export type App = (typeof apps)[number]

export class PackagingFailed extends Data.TaggedError("PackagingFailed")<{ readonly message: string }> {}

/** What a native module needs when it runs; the rest of what `pnpm deploy` lays down was for its installation. */
const modules = ["better-sqlite3", "bindings", "file-uri-to-path"]
const native = "better_sqlite3.node"

/** Where the app answers for its health: its setting, and the value that holds without one. */
const health = (app: App) =>
  app === "provider"
    ? { key: "SAUCIER_PROVIDER_CONTROL_PORT", port: "8090" }
    : { key: "SAUCIER_HTTP_PORT", port: "8088" }

/** Unminified, so that a stack trace names what it went through. */
const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  logLevel: "warning",
  legalComments: "none"
} as const

const bundle = (app: App, folder: string) =>
  Effect.tryPromise({
    try: async () => {
      const require = "import { createRequire as __createRequire } from \"node:module\"; " +
        "const require = __createRequire(import.meta.url);"
      await build({
        ...shared,
        entryPoints: [`apps/${app}/src/main.ts`],
        splitting: true,
        outdir: `${folder}/apps/${app}/dist`,
        external: ["better-sqlite3"],
        banner: { js: require }
      })
      const { key, port } = health(app)
      await build({
        ...shared,
        entryPoints: ["infra/image/health.ts"],
        outfile: `${folder}/health.js`,
        define: { PORT_SETTING: JSON.stringify(key), PORT: JSON.stringify(port) }
      })
    },
    catch: (cause) => new PackagingFailed({ message: String(cause) })
  })

const page = Effect.tryPromise({
  try: () => built(),
  catch: (cause) => new PackagingFailed({ message: String(cause) })
})

const installed = (folder: string) =>
  Effect.gen(function*() {
    const code = yield* Command.make(
      "pnpm",
      "--config.node-linker=hoisted",
      "--config.package-import-method=copy",
      "--filter=@saucier/image",
      "deploy",
      "--prod",
      "--prefer-offline",
      "--reporter=silent",
      folder
    ).pipe(
      Command.workingDirectory(root),
      Command.stdout("inherit"),
      Command.stderr("inherit"),
      Command.exitCode
    )
    if (code !== 0) return yield* new PackagingFailed({ message: `pnpm deploy ended with ${code}` })
  })

const trim = (folder: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const under = (...parts: ReadonlyArray<string>) => path.join(folder, "node_modules", ...parts)
    const remove = (file: string) => fs.remove(file, { recursive: true })
    const others = (within: string, kept: ReadonlyArray<string>) =>
      Effect.flatMap(fs.readDirectory(within), (names) =>
        Effect.forEach(
          names.filter((name) => !kept.includes(name)),
          (name) => remove(path.join(within, name))
        ))
    yield* others(folder, ["node_modules"])
    yield* others(under(), modules)
    yield* others(under("better-sqlite3"), ["build", "lib", "package.json", "LICENSE"])
    yield* others(under("better-sqlite3", "build"), ["Release"])
    yield* others(under("better-sqlite3", "build", "Release"), [native])
  })

const isEmpty = (folder: string) =>
  Effect.flatMap(FileSystem.FileSystem, (fs) =>
    Effect.match(fs.readDirectory(folder), {
      onFailure: () => true,
      onSuccess: (names) => names.length === 0
    }))

/** Makes the folder, which must be empty or not there yet. */
export const make = (app: App, folder: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    if (!(yield* isEmpty(folder))) {
      return yield* new PackagingFailed({ message: `${folder} is not empty` })
    }
    yield* installed(folder)
    yield* trim(folder)
    yield* bundle(app, folder)
    if (app === "saucier" || app === "gateway") {
      yield* fs.copy(yield* page, `${folder}/apps/web/dist/page`)
    }
    yield* fs.writeFileString(
      `${folder}/package.json`,
      `${JSON.stringify({ name: `saucier-${app}`, private: true, type: "module" })}\n`
    )
    yield* fs.writeFileString(`${folder}/main.js`, `await import("./apps/${app}/dist/main.js")\n`)
  })
