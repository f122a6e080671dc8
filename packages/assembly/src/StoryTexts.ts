import type { Language } from "@saucier/runtime/Language"
import * as Match from "effect/Match"
import type { StoryEvent } from "./StoryText.ts"
import { en } from "./StoryTextsEn.ts"
import { ko } from "./StoryTextsKo.ts"

const told = Match.typeTags<StoryEvent>()

export const textOf: Record<Language, (event: StoryEvent) => string> = { en: told(en), ko: told(ko) }
