/**
 * Runs an app from one bundled file. Loading some 1,600 modules through a transpiler costs 4 s of processor
 * time, the bundle 0.5 s, and making it 1 s: so it is kept under `dist/`, named by what it was made from.
 */
import { createRequire } from "node:module"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { fingerprint, keep, root } from "./kept.js"

/** Sources find their files by `import.meta.url`; a native module finds its binary from where it is installed. */
const inPlace = {
  name: "in-place",
  setup: (build) => {
    build.onLoad({ filter: /\/(packages|apps)\/[^/]+\/src\/.*\.ts$/ }, async ({ path }) => {
      const { readFile } = await import("node:fs/promises")
      const text = await readFile(path, "utf8")
      return { loader: "ts", contents: text.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)) }
    })
    build.onResolve({ filter: /^better-sqlite3$/ }, async ({ kind, path, pluginData, resolveDir }) => {
      if (pluginData === inPlace) return undefined
      const found = await build.resolve(path, { kind, resolveDir, pluginData: inPlace })
      return found.errors.length > 0 ? found : { external: true, path: pathToFileURL(found.path).href }
    })
  }
}

const bundle = async (app, outdir) => {
  const { build, stop } = createRequire(join(app, "package.json"))("esbuild")
  await build({
    absWorkingDir: root,
    entryPoints: [join(app, "src/main.ts")],
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    outdir,
    logLevel: "warning",
    plugins: [inPlace],
    banner: {
      js: `import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);`
    }
  })
  await stop()
}

/** `app` is the folder of an app with `src/main.ts`. */
export const run = async (app) => {
  const name = fingerprint(["packages", "apps"], /\.(ts|json|js)$/)
  const made = await keep(join(app, "dist"), name, (outdir) => bundle(app, outdir))
  await import(pathToFileURL(join(made, "main.js")).href)
}
