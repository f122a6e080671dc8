import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"

const SqliteFile = Schema.Struct({ engine: Schema.Literal("sqlite"), file: Schema.NonEmptyString })
type SqliteFile = typeof SqliteFile.Type

export const fileOf = (url: string): SqliteFile | undefined => {
  const file = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1]
  return file === undefined ? undefined : { engine: "sqlite", file }
}

/** For a context whose lists are written for SQLite: its events could be elsewhere, its rows could not. */
export const SqliteUrl = Schema.transformOrFail(Schema.String, SqliteFile, {
  strict: true,
  decode: (url, _, ast) => {
    const file = fileOf(url)
    return file === undefined
      ? ParseResult.fail(
        new ParseResult.Type(
          ast,
          url,
          "must be sqlite:<path of a file>; only order and payment can be in PostgreSQL yet"
        )
      )
      : ParseResult.succeed(file)
  },
  encode: ({ file }) => ParseResult.succeed(`sqlite:${file}`)
})
export type SqliteUrl = typeof SqliteUrl.Type
