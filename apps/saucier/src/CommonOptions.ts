/** Options that several commands take. */
import * as Options from "@effect/cli/Options"
import * as Arr from "effect/Array"
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

/** The framework refuses its own numbers and choices without saying which option it means. */
export const number = (name: string, wanted: (value: number) => boolean, refusal: string) =>
  Options.text(name).pipe(
    Options.withPseudoName("number"),
    Options.filterMap(
      (text) => Option.filter(Option.some(text.trim() === "" ? Number.NaN : Number(text)), wanted),
      refusal
    )
  )

const oneOf = <A extends string>(choices: ReadonlyArray<A>) => (text: string) =>
  Arr.findFirst(choices, (one) => one === text)

const text = (name: string, choices: ReadonlyArray<string>) =>
  Options.text(name).pipe(Options.withPseudoName(choices.join(" | ")))

export const choice = <A extends string>(texts: Texts, name: string, choices: ReadonlyArray<A>) =>
  text(name, choices).pipe(
    Options.filterMap(oneOf(choices), texts.options.choice(name, choices.join(", ")))
  )

/** As often as wished. */
export const choiceRepeated = <A extends string>(texts: Texts, name: string, choices: ReadonlyArray<A>) =>
  text(name, choices).pipe(
    Options.repeated,
    Options.filterMap(
      (given) => Option.all(given.map(oneOf(choices))),
      texts.options.choice(name, choices.join(", "))
    )
  )

/** None is not the folder where one is. */
export const path = (texts: Texts, name: string) =>
  Options.text(name).pipe(
    Options.withPseudoName("path"),
    Options.filterMap(
      (text) => Option.filter(Option.some(text), (given) => given !== ""),
      texts.options.path(name)
    )
  )

export const positive = (texts: Texts, name: string, description: string, byDefault: number) =>
  number(name, (value) => Number.isFinite(value) && value > 0, texts.options.positive(name)).pipe(
    Options.withDefault(byDefault),
    Options.withDescription(description)
  )
