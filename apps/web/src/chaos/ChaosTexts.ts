import type { Texts } from "../texts/Language.ts"
import { en } from "./ChaosTextsEn.ts"
import { ko } from "./ChaosTextsKo.ts"

export const chaosTexts: Texts<typeof en> = { en, ko }
