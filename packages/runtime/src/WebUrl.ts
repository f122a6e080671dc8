import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

const isWebUrl = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

const rule = { message: "must be an http or https address", override: true }

/** The address of another service, without a slash at its end; an empty one is none. */
export const WebUrl = Schema.transform(
  Schema.String.pipe(Schema.filter((text) => text === "" || isWebUrl(text))).annotations({
    message: () => rule
  }),
  Schema.OptionFromSelf(Schema.String),
  {
    strict: true,
    decode: (text) => text === "" ? Option.none() : Option.some(text.replace(/\/+$/, "")),
    encode: Option.getOrElse(() => "")
  }
)
