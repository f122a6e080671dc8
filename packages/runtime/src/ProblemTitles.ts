import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import type { Language } from "./Language.ts"

/** Titles of problems by code, in every language. */
export type Dictionary = Readonly<Record<Language, Readonly<Record<string, string>>>>

const en = {
  "malformed-json": "The body is not valid JSON",
  "invalid-request": "The request is not valid",
  "not-found": "There is nothing here",
  "unauthenticated": "Say who you are first",
  "forbidden": "This is not for you",
  "method-not-allowed": "This method is not allowed here",
  "request-timeout": "The request took too long to arrive",
  "precondition-failed": "It has changed since you read it",
  "payload-too-large": "The body is too large",
  "unsupported-media-type": "The body must be JSON",
  "headers-too-large": "The headers are too large",
  "too-many-requests": "Too much at once",
  "too-many-streams": "Too many streams are open",
  "internal-error": "Something went wrong on our side",
  "unavailable": "Not available at the moment",
  "bad-request": "The request is not valid HTTP"
}

const ko = {
  "malformed-json": "본문이 올바른 JSON이 아닙니다",
  "invalid-request": "요청이 올바르지 않습니다",
  "not-found": "요청한 대상을 찾을 수 없습니다",
  "unauthenticated": "먼저 인증이 필요합니다",
  "forbidden": "권한이 없습니다",
  "method-not-allowed": "허용되지 않는 메서드입니다",
  "request-timeout": "요청이 제시간에 도착하지 않았습니다",
  "precondition-failed": "조회한 뒤에 내용이 변경되었습니다",
  "payload-too-large": "본문이 너무 큽니다",
  "unsupported-media-type": "본문은 JSON이어야 합니다",
  "headers-too-large": "헤더가 너무 큽니다",
  "too-many-requests": "요청이 한꺼번에 너무 많습니다",
  "too-many-streams": "열려 있는 스트림이 너무 많습니다",
  "internal-error": "서버에서 문제가 발생했습니다",
  "unavailable": "지금은 사용할 수 없습니다",
  "bad-request": "올바른 HTTP 요청이 아닙니다"
} satisfies Record<keyof typeof en, string>

/** Every dictionary in force. What the API says of its own is added by `layer`. */
export class ProblemTitles extends Context.Reference<ProblemTitles>()("@saucier/runtime/ProblemTitles", {
  defaultValue: (): Dictionary => ({ en, ko })
}) {}

export const layer = (more: Dictionary): Layer.Layer<never> =>
  Layer.succeed(ProblemTitles, { en: { ...more.en, ...en }, ko: { ...more.ko, ...ko } })

/** `order-not-found` becomes "Order not found". */
const humanize = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll("-", " ")

export const titleOf = (titles: Dictionary, language: Language, code: string, otherwise?: string): string =>
  titles[language][code] ?? titles.en[code] ?? otherwise ?? humanize(code)
