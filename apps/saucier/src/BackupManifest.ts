/** `backup.json`: what a backup consists of. It is written last, so a folder without it is no backup. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { join } from "node:path"

export const Store = Schema.Literal("order", "payment", "delivery", "dashboard", "provider")
export type Store = typeof Store.Type

export const Engine = Schema.Literal("sqlite", "postgres")
export type Engine = typeof Engine.Type

/** `migrations` is the newest step of each of its tables of migrations. */
export const Entry = Schema.Struct({
  store: Store,
  engine: Engine,
  file: Schema.String.pipe(Schema.pattern(/^[a-z]+\.(db|dump)$/)),
  bytes: Schema.NonNegativeInt,
  sha256: Schema.String,
  migrations: Schema.Record({ key: Schema.String, value: Schema.Int })
})
export type Entry = typeof Entry.Type

/** `oneInstant`: nothing was written between the first of its files and the last. */
export const Manifest = Schema.Struct({
  format: Schema.Literal(1),
  saucier: Schema.String,
  takenAt: Schema.DateTimeUtc,
  oneInstant: Schema.Boolean,
  entries: Schema.NonEmptyArray(Entry)
})
export type Manifest = typeof Manifest.Type

const Text = Schema.parseJson(Manifest, { space: 2 })

const fileOf = (folder: string) => join(folder, "backup.json")

export const write = (folder: string, manifest: Manifest) =>
  Effect.flatMap(
    FileSystem.FileSystem,
    (fs) => Effect.flatMap(Schema.encode(Text)(manifest), (text) => fs.writeFileString(fileOf(folder), text))
  )

/** A manifest of another format may be one of a newer Saucier. */
export const read = (folder: string) =>
  Effect.flatMap(
    FileSystem.FileSystem,
    (fs) => Effect.flatMap(fs.readFileString(fileOf(folder)), (text) => Schema.decode(Text)(text))
  )
