/**
 * Runs an app from one bundled file. Loading some 1,600 modules through a transpiler costs 4 s of processor
 * time, the bundle 0.5 s, and making it 1 s: so it is kept under `dist/`, named by what it was made from.
 */
import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
/** More than one: a process that runs may still load a part of an older one. */
const kept = 4

/** Files that the bundle is made from; what is installed is known by the lockfile. */
const sources = function*(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!["node_modules", "dist", "test", "data", "public"].includes(entry.name)) yield* sources(path)
    } else if (/\.(ts|json|js)$/.test(entry.name)) yield path
  }
}

const fingerprint = () => {
  const hash = createHash("sha256").update(process.version)
  for (const path of [...sources(join(root, "packages")), ...sources(join(root, "apps"))].sort()) {
    const { mtimeMs, size } = statSync(path)
    hash.update(`${path} ${mtimeMs} ${size}\n`)
  }
  const { mtimeMs, size } = statSync(join(root, "pnpm-lock.yaml"))
  return hash.update(`${mtimeMs} ${size}`).digest("hex").slice(0, 16)
}

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

/** Made aside and renamed, so that processes that start together cannot load half of it. */
const make = async (app, dist, made) => {
  const aside = `${made}.${process.pid}`
  await bundle(app, aside)
  try {
    renameSync(aside, made)
  } catch {
    rmSync(aside, { recursive: true, force: true })
  }
  const age = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const newestFirst = readdirSync(dist).map((name) => join(dist, name)).sort((a, b) => age(b) - age(a))
  for (const path of newestFirst.slice(kept)) rmSync(path, { recursive: true, force: true })
}

const exists = (path) => statSync(path, { throwIfNoEntry: false }) !== undefined

/** `app` is the folder of an app with `src/main.ts`. */
export const run = async (app) => {
  const dist = join(app, "dist")
  mkdirSync(dist, { recursive: true })
  const made = join(dist, fingerprint())
  if (!exists(made)) await make(app, dist, made)
  await import(pathToFileURL(join(made, "main.js")).href)
}
