/** Conditional requests over a version (RFC 9110, section 13). The tag of version 3 is `"3"`, a strong one. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import { HttpProblem } from "./HttpProblem.ts"

export const ofVersion = (version: number): string => `"${version}"`

interface Tag {
  readonly weak: boolean
  readonly opaque: string
}

const parse = (header: string): ReadonlyArray<Tag> =>
  Array.from(
    header.matchAll(/(W\/)?"([^"]*)"/g),
    ([, weak, opaque = ""]) => ({ weak: weak !== undefined, opaque })
  )

/** Weak comparison, for reading: `W/"3"` is as good as `"3"`. */
const matchesWeakly = (header: string, etag: string): boolean => {
  const [own] = parse(etag)
  return header.trim() === "*" || parse(header).some((tag) => tag.opaque === own?.opaque)
}

/** Strong comparison, for writing: a weak tag never matches. */
const matchesStrongly = (header: string, etag: string): boolean => {
  const [own] = parse(etag)
  return header.trim() === "*" ||
    parse(header).some((tag) => !tag.weak && own?.weak === false && tag.opaque === own.opaque)
}

/** Whether the reader already has it. */
export const isFresh = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined && matchesWeakly(ifNoneMatch, etag)

/** The answer with its tag, or 304 without a body when the reader already has it. */
export const conditional = (
  response: HttpServerResponse.HttpServerResponse,
  etag: string,
  ifNoneMatch: string | undefined
): HttpServerResponse.HttpServerResponse =>
  isFresh(ifNoneMatch, etag)
    ? HttpServerResponse.empty({ status: 304, headers: { etag } })
    : HttpServerResponse.setHeader(response, "etag", etag)

/** Whether a change may go on that was asked for with this `If-Match`. */
export const allows = (ifMatch: string | undefined, etag: string): boolean =>
  ifMatch === undefined || matchesStrongly(ifMatch, etag)

/** Lets a change go on only when `If-Match` names what is there, or is not sent. */
export const require = (ifMatch: string | undefined, etag: string): Effect.Effect<void, HttpProblem> =>
  allows(ifMatch, etag)
    ? Effect.void
    : Effect.fail(
      new HttpProblem({
        status: 412,
        code: "precondition-failed",
        detail: `If-Match names ${ifMatch}, but it is ${etag} now`,
        headers: { etag }
      })
    )
