import type { Texts } from "./Language.ts"
import { en } from "./WordsEn.ts"
import { ko } from "./WordsKo.ts"

export const words: Texts<typeof en> = { en, ko }
export type Words = typeof en
