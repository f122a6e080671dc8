import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"

/** A duration as people write it, between two bounds: `680 millis`, `5 seconds`. */
export const DurationText = (least: Duration.DurationInput, most: Duration.DurationInput) =>
  Schema.transformOrFail(Schema.String, Schema.DurationFromSelf, {
    strict: true,
    decode: (text, _, ast) =>
      Option.match(
        Option.filter(Duration.decodeUnknown(text), Duration.between({ minimum: least, maximum: most })),
        {
          onNone: () => {
            const bounds = `from ${Duration.format(least)} to ${Duration.format(most)}`
            return ParseResult.fail(
              new ParseResult.Type(ast, text, `must be a duration ${bounds}, such as 5 seconds or 680 millis`)
            )
          },
          onSome: ParseResult.succeed
        }
      ),
    encode: (duration) => ParseResult.succeed(`${Duration.toMillis(duration)} millis`)
  })
