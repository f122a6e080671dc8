/** Room for a system under trial, gone with the scope. */
import * as Effect from "effect/Effect"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

export const folder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "saucier-proof-"))),
  (path) => Effect.promise(() => rm(path, { recursive: true, force: true }))
)
