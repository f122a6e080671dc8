/** Where settings come from: the environment, else a file of that name in `SAUCIER_CONFIG_DIR` (mounted secrets). */
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import process from "node:process"
import { SettingsInvalid } from "./SettingsInvalid.ts"

export interface Found {
  readonly value: string
  readonly source: string
}

export const folderKey = "SAUCIER_CONFIG_DIR"

/** An empty variable is one that is not set. */
const fromEnvironment = (key: string) =>
  Config.string(key).pipe(
    Config.option,
    Effect.orElseSucceed(() => Option.none<string>()),
    Effect.map(Option.filter((value) => value.trim() !== "")),
    Effect.map(Option.map((value): Found => ({ value: value.trim(), source: "environment" })))
  )

const refuse = (folder: string, rule: string) =>
  new SettingsInvalid({ problems: [{ key: folderKey, rule, value: folder, source: "environment" }] })

/** All that is set, whether it is a setting or not. */
export const names = Effect.gen(function*() {
  const fs = yield* FileSystem.FileSystem
  const files = yield* Effect.transposeMapOption(
    yield* fromEnvironment(folderKey),
    ({ value }) => Effect.orElseSucceed(fs.readDirectory(value), () => [])
  )
  return [...Object.keys(process.env), ...Option.getOrElse(files, () => [])]
})

/** Reads a setting; what the environment says wins over the files. */
export const make = Effect.gen(function*() {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const folder = yield* fromEnvironment(folderKey)
  if (Option.isSome(folder)) {
    yield* Effect.mapError(
      fs.readDirectory(folder.value.value),
      () => refuse(folder.value.value, "must be a folder that can be read")
    )
  }
  const fromFile = (key: string) =>
    Effect.gen(function*() {
      if (Option.isNone(folder)) return Option.none<Found>()
      const file = path.join(folder.value.value, key)
      if (!(yield* Effect.orElseSucceed(fs.exists(file), () => false))) return Option.none<Found>()
      const value = (yield* Effect.mapError(fs.readFileString(file), () =>
        refuse(file, "must be a file that can be read"))).trim()
      return value === "" ? Option.none<Found>() : Option.some({ value, source: file })
    })
  return (key: string) =>
    Effect.flatMap(
      fromEnvironment(key),
      (found) => Option.isSome(found) ? Effect.succeed(found) : fromFile(key)
    )
})
