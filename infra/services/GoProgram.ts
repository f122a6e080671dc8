/** A program of somebody else: where a variable says, else built once from the Go module that is pinned in a folder here. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { existsSync } from "node:fs"
import { basename } from "node:path"
import { fileURLToPath } from "node:url"
import * as Child from "../bench/Child.ts"

export interface Options {
  /** Beside this file; holds `go.mod` and, once built, `.build`. */
  readonly folder: string
  readonly package: string
  /** Names a program that is there already. */
  readonly variable: string
}

const built = (options: Options) =>
  Effect.suspend(() => {
    const folder = fileURLToPath(new URL(`${options.folder}/`, import.meta.url))
    const path = `${folder}.build/${basename(options.package)}`
    return existsSync(path)
      ? Effect.succeed(path)
      : Effect.as(Child.run("go", ["build", "-C", folder, "-o", path, options.package]), path)
  })

export const find = (options: Options) =>
  Effect.flatMap(
    Effect.option(Config.string(options.variable)),
    Option.match({ onNone: () => built(options), onSome: Effect.succeed })
  )

/** The same, but what is on the PATH comes before what would have to be built. */
export const findInstalled = (options: Options) =>
  Effect.orElse(
    Effect.as(Child.run(basename(options.package), ["--version"]), basename(options.package)),
    () => find(options)
  )
