import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"

const SqliteFile = Schema.Struct({ engine: Schema.Literal("sqlite"), file: Schema.NonEmptyString })

/** `sqlite:data/order.db` or `sqlite:/var/lib/saucier/order.db`. */
export const DatabaseUrl = Schema.transformOrFail(Schema.String, SqliteFile, {
  strict: true,
  decode: (url, _, ast) => {
    const file = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1]
    return file === undefined
      ? ParseResult.fail(
        new ParseResult.Type(ast, url, "must be sqlite:<path of a file>; no other database is supported yet")
      )
      : ParseResult.succeed({ engine: "sqlite" as const, file })
  },
  encode: ({ file }) => ParseResult.succeed(`sqlite:${file}`)
})
export type DatabaseUrl = typeof DatabaseUrl.Type
