/** A worker as one file that Node runs as it is, with the patches of a mutant in it: starting is what costs most. */
import * as Effect from "effect/Effect"
import { build, type Plugin } from "esbuild"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { because } from "../bench/Failure.ts"
import { type Patch, patched } from "./Mutant.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
const entry = fileURLToPath(new URL("worker.ts", import.meta.url))

const changing = (patches: ReadonlyArray<Patch>): Plugin => ({
  name: "mutant",
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const own = patches.filter(({ file }) => join(root, file) === path)
      if (own.length === 0) return undefined
      const text = own.reduce<string | undefined>(
        (text, patch) => text === undefined ? text : patched(text, patch),
        await readFile(path, "utf8")
      )
      return text === undefined
        ? { errors: [{ text: `a mutant no longer fits ${path}` }] }
        : { contents: text, loader: "ts" }
    })
  }
})

/** A native module finds its binary from where it is installed. */
const inPlace: Plugin = {
  name: "in-place",
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /^better-sqlite3$/ }, async ({ kind, path, pluginData, resolveDir }) => {
      if (pluginData === inPlace) return undefined
      const found = await resolve(path, { kind, resolveDir, pluginData: inPlace })
      return found.errors.length > 0 ? found : { external: true, path: pathToFileURL(found.path).href }
    })
  }
}

const folder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "saucier-sim-"))),
  (folder) => Effect.promise(() => rm(folder, { recursive: true, force: true }))
)

/** The path of the bundle, which is gone with its scope. */
export const make = (patches: ReadonlyArray<Patch> = []) =>
  Effect.gen(function*() {
    const outfile = join(yield* folder, "worker.mjs")
    yield* Effect.tryPromise({
      try: () =>
        build({
          entryPoints: [entry],
          absWorkingDir: root,
          outfile,
          bundle: true,
          platform: "node",
          format: "esm",
          target: "node20",
          logLevel: "silent",
          banner: { js: "import{createRequire as c}from'node:module';const require=c(import.meta.url);" },
          plugins: [inPlace, changing(patches)]
        }),
      catch: (error) => because(`${error}`)
    })
    return outfile
  })
