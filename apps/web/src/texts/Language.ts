/** The language that the reader chose, else the first of the browser's that we speak. */
import * as Remembered from "../ui/Remembered.ts"
import * as Value from "../ui/Value.ts"

export const languages = ["en", "ko"] as const
export type Language = (typeof languages)[number]

/** The same things said in each language. */
export type Texts<A> = Readonly<Record<Language, A>>

const known = (tag: string | null | undefined): Language | undefined =>
  languages.find((language) => tag?.slice(0, 2).toLowerCase() === language)

/** The first that we speak of what is wished for, English when there is none. */
export const negotiate = (wishes: ReadonlyArray<string | null>): Language =>
  wishes.map(known).find((language) => language !== undefined) ?? "en"

const chosen = Value.make<Language>(
  negotiate(typeof navigator === "undefined" ? [] : [Remembered.get("language"), ...navigator.languages])
)

const speak = () => {
  document.documentElement.lang = chosen.get()
}

export const start = (): void => {
  speak()
  chosen.watch(speak)
}

export const language = chosen.get

export const choose = (next: Language): void => {
  Remembered.set("language", next)
  chosen.set(next)
}

export const useLanguage = (): Language => Value.useValue(chosen)

export const useTexts = <A>(texts: Texts<A>): A => texts[useLanguage()]
