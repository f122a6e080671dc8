/** Pieces of the page that both languages share. */
import { measuresKo } from "./MeasuresKo.ts"
import type { Measure } from "./MeasuresKo.ts"

export const escape = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll(`"`, "&quot;")

/** What is said in the one language or in the other. */
export interface Said {
  readonly en: string
  readonly ko: string
}

/** Both are there, and CSS shows one of them. */
export const said = ({ en, ko }: Said) =>
  en === ko ? escape(en) : `<span lang="en">${escape(en)}</span><span lang="ko">${escape(ko)}</span>`

export const measure = (name: Measure) => said({ en: name, ko: measuresKo[name] })

export const number = (value: number | string) =>
  typeof value === "number" ? value.toLocaleString("en-US", { maximumFractionDigits: 3 }) : escape(value)
