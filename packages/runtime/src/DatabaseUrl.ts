import * as Option from "effect/Option"
import * as ParseResult from "effect/ParseResult"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"

const Database = Schema.Union(
  Schema.Struct({ engine: Schema.Literal("sqlite"), file: Schema.NonEmptyString }),
  Schema.Struct({ engine: Schema.Literal("postgres"), url: Schema.RedactedFromSelf(Schema.String) })
)

const fileOf = (url: string) => /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1]

const isServer = (url: string) => {
  if (!/^postgres(?:ql)?:\/\//.test(url) || !URL.canParse(url)) return false
  const { hostname, pathname } = new URL(url)
  return hostname !== "" && pathname.length > 1
}

/** `sqlite:data/order.db`, `sqlite:/var/lib/saucier/order.db`, or `postgres://user:password@host:5432/orders`. */
export const DatabaseUrl = Schema.transformOrFail(Schema.String, Database, {
  strict: true,
  decode: (url, _, ast) => {
    const file = fileOf(url)
    if (file !== undefined) return ParseResult.succeed({ engine: "sqlite" as const, file })
    return isServer(url)
      ? ParseResult.succeed({ engine: "postgres" as const, url: Redacted.make(url) })
      : ParseResult.fail(
        new ParseResult.Type(
          ast,
          url,
          "must be sqlite:<path of a file> or postgres://<user>:<password>@<host>/<database>"
        )
      )
  },
  encode: (database) =>
    ParseResult.succeed(
      database.engine === "sqlite" ? `sqlite:${database.file}` : Redacted.value(database.url)
    )
})
export type DatabaseUrl = typeof DatabaseUrl.Type

/** `postgres://user:password@host:5432/saucier`; an empty one is none. */
export const ServerUrl = Schema.transform(
  Schema.String.pipe(Schema.filter((url) => url === "" || isServer(url))).annotations({
    message: () => ({ message: "must be postgres://<user>:<password>@<host>/<database>", override: true })
  }),
  Schema.OptionFromSelf(Schema.RedactedFromSelf(Schema.String)),
  {
    strict: true,
    decode: (url) => url === "" ? Option.none() : Option.some(Redacted.make(url)),
    encode: Option.match({ onNone: () => "", onSome: Redacted.value })
  }
)
