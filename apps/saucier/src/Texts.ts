/** The language of the terminal: the first of LC_ALL, LC_MESSAGES and LANG that is set decides, as POSIX has it. */
import type { Language } from "@saucier/runtime/Language"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import { en, type Texts } from "./TextsEn.ts"
import { ko } from "./TextsKo.ts"

export const texts = { en, ko } satisfies Record<Language, Texts>

const variable = (name: string) => Effect.orElseSucceed(Config.string(name), () => "")

export const spoken: Effect.Effect<Texts> = Effect.map(
  Effect.all([variable("LC_ALL"), variable("LC_MESSAGES"), variable("LANG")]),
  (names) => (names.find((name) => name !== "") ?? "").toLowerCase().startsWith("ko") ? texts.ko : texts.en
)
