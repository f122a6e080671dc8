/** Options that several commands take. */
import * as Options from "@effect/cli/Options"
import * as Option from "effect/Option"
import type { Texts } from "./TextsEn.ts"

const address = (text: string) =>
  /^https?:\/\//.test(text) && URL.canParse(text) ? Option.some(text.replace(/\/+$/, "")) : Option.none()

export const url = (texts: Texts) =>
  Options.text("url").pipe(
    Options.filterMap(address, texts.options.urlInvalid),
    Options.optional,
    Options.withDescription(texts.options.url)
  )

export const json = (texts: Texts) =>
  Options.boolean("json").pipe(Options.withDescription(texts.options.json))

export const positive = (texts: Texts, name: string, description: string, byDefault: number) =>
  Options.float(name).pipe(
    Options.filterMap(
      Option.liftPredicate((value) => Number.isFinite(value) && value > 0),
      texts.options.positive(name)
    ),
    Options.withDefault(byDefault),
    Options.withDescription(description)
  )
