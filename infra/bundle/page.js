/** Builds the browser's application when its sources have changed, every file of it also compressed. */
import { readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import process from "node:process"
import { fileURLToPath, pathToFileURL } from "node:url"
import { brotliCompressSync, constants, gzipSync } from "node:zlib"
import { fingerprint, keep, root } from "./kept.js"

const app = join(root, "apps/web")

const compress = (folder) => {
  for (const name of readdirSync(folder, { recursive: true })) {
    const path = join(folder, name)
    if (!statSync(path).isFile() || !/\.(html|js|css|svg|json)$/.test(name)) continue
    const body = readFileSync(path)
    const size = { [constants.BROTLI_PARAM_SIZE_HINT]: body.length }
    writeFileSync(`${path}.br`, brotliCompressSync(body, { params: size }))
    writeFileSync(`${path}.gz`, gzipSync(body, { level: 9 }))
  }
}

const bundle = async (outDir) => {
  const { build } = await import(pathToFileURL(createRequire(join(app, "package.json")).resolve("vite")).href)
  await build({ root: app, configFile: join(app, "vite.config.ts"), logLevel: "warn", build: { outDir } })
  compress(outDir)
}

/** The folder of the build that belongs to the present sources; servers take the one whose index is the newest. */
export const built = async () => {
  const name = fingerprint(["apps/web", "packages/kernel"], /\.(tsx?|css|html|svg|json)$/)
  const made = await keep(join(app, "dist"), name, bundle)
  utimesSync(join(made, "index.html"), new Date(), new Date())
  return made
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await built()
