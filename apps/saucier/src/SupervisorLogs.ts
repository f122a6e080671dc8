/** What the processes print, in files of bounded size: the one before is kept, what is older is forgotten. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs"
import { join } from "node:path"

export const folderOf = (dataDir: string) => join(dataDir, "logs")
export const olderOf = (file: string) => `${file}.1`

export class SupervisorLogs extends Context.Tag("@saucier/app-saucier/SupervisorLogs")<SupervisorLogs, {
  readonly fileOf: (name: string) => string
  readonly write: (name: string, chunk: Uint8Array) => Effect.Effect<void>
}>() {}

export interface Options {
  readonly dataDir: string
  readonly maxBytes?: number
  /** Sees all that is written. */
  readonly also?: (name: string, chunk: Uint8Array) => Effect.Effect<void>
}

const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0

const make = ({ also, dataDir, maxBytes = 10_000_000 }: Options) => {
  const folder = folderOf(dataDir)
  mkdirSync(folder, { recursive: true })
  const sizes = new Map<string, number>()
  const fileOf = (name: string) => join(folder, `${name}.log`)
  const append = (name: string, chunk: Uint8Array) => {
    const file = fileOf(name)
    const size = sizes.get(name) ?? sizeOf(file)
    const full = size > 0 && size + chunk.length > maxBytes
    if (full) renameSync(file, olderOf(file))
    appendFileSync(file, chunk)
    sizes.set(name, chunk.length + (full ? 0 : size))
  }
  return SupervisorLogs.of({
    fileOf,
    // A full disk must not stop the service whose words are lost.
    write: (name, chunk) =>
      Effect.zipRight(
        Effect.ignore(Effect.try(() => append(name, chunk))),
        also === undefined ? Effect.void : also(name, chunk)
      )
  })
}

export const layer = (options: Options) => Layer.sync(SupervisorLogs, () => make(options))
