/**
 * The release before this one, as a folder with its programs: taken from the history, installed by its own lockfile, and
 * kept where no search for tests or sources looks. Whoever makes a release names it here, when work on the next one begins.
 */
import * as Effect from "effect/Effect"
import { execFile } from "node:child_process"
import { mkdir, rm } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { keep, root } from "../bundle/kept.js"

export const version = "1.0.0"
const commit = "053f361b823d747391687fecf2f24a5ef0801d4e"

const run = promisify(execFile)

const unpack = async (folder: string) => {
  await mkdir(folder, { recursive: true })
  const archive = `${folder}.tar`
  try {
    await run("git", ["-C", root, "archive", `--output=${archive}`, commit])
  } catch (error) {
    throw new Error(`Release ${version} (${commit}) is not in the history: git fetch --unshallow`, {
      cause: error
    })
  }
  await run("tar", ["-xf", archive, "-C", folder])
  await rm(archive)
}

/** What runs, and nothing that checks or builds it. */
const install = (folder: string) =>
  run("pnpm", ["install", "--frozen-lockfile", "--prefer-offline", "--prod", "--ignore-scripts"], {
    cwd: folder
  })

export const folder = Effect.promise(() =>
  keep(join(root, "node_modules", ".saucier-releases"), commit, async (folder) => {
    await unpack(folder)
    await install(folder)
  })
)
