/** A program of somebody else: where a variable says, else built once from the Go module that is pinned in a folder here. */
import * as Clock from "effect/Clock"
import * as Config from "effect/Config"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { existsSync, statSync } from "node:fs"
import { utimes } from "node:fs/promises"
import { basename } from "node:path"
import { fileURLToPath } from "node:url"
import * as Child from "../bench/Child.ts"
import { because } from "../bench/Failure.ts"

export interface Options {
  /** Beside this file; holds `go.mod` and, once built, `.build`. */
  readonly folder: string
  readonly package: string
  /** Names a program that is there already. */
  readonly variable: string
}

/** Of a later major version the last part of the path is that version. */
const nameOf = (options: Options) => basename(options.package.replace(/\/v\d+$/, ""))

/** Built since its module was last changed, such as to a newer version. */
const isCurrent = (program: string, module: string) =>
  existsSync(program) && statSync(program).mtimeMs >= statSync(module).mtimeMs

/** How far it is, for people who would otherwise take minutes of compiling for a hang. */
const told = (name: string, go: Child.Child) =>
  Effect.gen(function*() {
    const begun = yield* Clock.currentTimeMillis
    const tell = Effect.gen(function*() {
      const lines = go.printed().split("\n").filter((line) => line !== "")
      const fetched = lines.filter((line) => line.startsWith("go: downloading")).length
      const seconds = Math.round(((yield* Clock.currentTimeMillis) - begun) / 1000)
      yield* Console.error(
        `${name}: ${seconds} s, ${fetched} modules fetched, ${lines.length - fetched} packages compiled, ${
          lines.at(-1) ?? ""
        }`
      )
    })
    yield* Console.error(`${name} is built from its Go module, once; a great one takes minutes`)
    yield* Effect.forkScoped(Effect.forever(Effect.delay(tell, "15 seconds")))
    const code = yield* go.ended
    if (code !== 0) {
      return yield* because(
        `${name} could not be built, go ended with ${code}: ${
          go.printed().trim().split("\n").slice(-10).join("\n")
        }`
      )
    }
    yield* tell
  })

const built = (options: Options) =>
  Effect.scoped(Effect.gen(function*() {
    const folder = fileURLToPath(new URL(`${options.folder}/`, import.meta.url))
    const name = nameOf(options)
    const path = `${folder}.build/${name}`
    if (!isCurrent(path, `${folder}go.mod`)) {
      const go = yield* Child.make("go", ["build", "-C", folder, "-v", "-o", path, options.package])
      yield* told(name, go)
      const now = (yield* Clock.currentTimeMillis) / 1000
      // Go leaves one alone that comes out the same.
      yield* Effect.promise(() => utimes(path, now, now))
    }
    return path
  }))

export const find = (options: Options) =>
  Effect.flatMap(
    Effect.option(Config.string(options.variable)),
    Option.match({ onNone: () => built(options), onSome: Effect.succeed })
  )

/** The same, but what is on the PATH comes before what would have to be built. */
export const findInstalled = (options: Options) =>
  Effect.orElse(
    Effect.as(Child.run(nameOf(options), ["--version"]), nameOf(options)),
    () => find(options)
  )
