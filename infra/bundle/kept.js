/**
 * Things that are made from sources and kept under a folder, each named by what it was made from, so that they are
 * made again only when a source has changed, and processes that start together never see half of one.
 */
import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
/** More than one: a process that runs may still load a part of an older one. */
const kept = 4

/** What is not a source; what is installed is known by the lockfile. */
const skipped = new Set(["node_modules", "dist", "test", "data"])

const filesOf = function*(folder, wanted) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) yield* filesOf(path, wanted)
    } else if (wanted.test(entry.name)) yield path
  }
}

/** Of the files below `folders` whose name matches `wanted`, and of what is installed. */
export const fingerprint = (folders, wanted) => {
  const hash = createHash("sha256").update(process.version)
  const files = folders.flatMap((folder) => [...filesOf(join(root, folder), wanted)])
  for (const path of [...files.sort(), join(root, "pnpm-lock.yaml")]) {
    const { mtimeMs, size } = statSync(path)
    hash.update(`${path} ${mtimeMs} ${size}\n`)
  }
  return hash.digest("hex").slice(0, 16)
}

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs

/** The folder in `dist` that `make` fills when there is none of that name; the newest is the one asked for last. */
export const keep = async (dist, name, make) => {
  mkdirSync(dist, { recursive: true })
  const made = join(dist, name)
  if (modified(made) === undefined) {
    const aside = `${made}.${process.pid}`
    await make(aside)
    try {
      renameSync(aside, made)
    } catch {
      rmSync(aside, { recursive: true, force: true })
    }
    const newestFirst = readdirSync(dist).map((entry) => join(dist, entry))
      .sort((a, b) => (modified(b) ?? 0) - (modified(a) ?? 0))
    for (const path of newestFirst.slice(kept)) rmSync(path, { recursive: true, force: true })
  } else utimesSync(made, new Date(), new Date())
  return made
}
