/** Everything that is wrong with a request, all parts at once. Runs only when something is. */
import type * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpMethod from "@effect/platform/HttpMethod"
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import * as Pointer from "./Pointer.ts"
import type { FieldError } from "./Problem.ts"

type Endpoint = HttpApiEndpoint.HttpApiEndpoint.AnyWithProps

export interface Parts {
  readonly path: unknown
  readonly query: unknown
  readonly headers: unknown
  readonly body: unknown
}

const codeOf = (tag: ParseResult.ArrayFormatterIssue["_tag"]): string =>
  tag === "Missing" ? "missing" : tag === "Type" ? "invalid-type" : "invalid"

/** A message as long as a hostile value is no message. */
const short = (text: string): string => text.length <= 300 ? text : `${text.slice(0, 300)}…`

/** The schema of a whole body is nothing to read aloud. */
const wholeBody = (message: string): FieldError => ({
  in: "body",
  pointer: "",
  code: message.endsWith("actual null") ? "missing" : "invalid-type",
  message: message.endsWith("actual null")
    ? "the body is missing"
    : "the body must be a JSON object of the expected shape"
})

const errorOf = (part: FieldError["in"], issue: ParseResult.ArrayFormatterIssue): FieldError => {
  if (part === "body" && issue.path.length === 0 && issue._tag === "Type") return wholeBody(issue.message)
  const name = issue.path.length === 0 ? `the ${part}` : issue.path.map(String).join(".")
  const text = issue._tag === "Missing" ? "is missing" : issue.message
  const message = /^(is|must|may|has) /.test(text)
    ? `${name} ${text}`
    : `${name}: ${text.charAt(0).toLowerCase()}${text.slice(1)}`
  return { in: part, pointer: Pointer.of(issue.path), code: codeOf(issue._tag), message: short(message) }
}

type Issue = ParseResult.ArrayFormatterIssue

const expected = /^Expected (.*), actual (.*)$/s

/** A union complains once for each of its members, and a list with its element: people want to hear of a field once. */
const oncePerField = (issues: ReadonlyArray<Issue>): ReadonlyArray<Issue> =>
  Object.entries(Arr.groupBy(issues, ({ path }) => Pointer.of(path)))
    .filter(([pointer]) => !issues.some(({ path }) => Pointer.of(path).startsWith(`${pointer}/`)))
    .flatMap(([, [first, ...others]]) => {
      const wanted = [first, ...others].map(({ message }) => expected.exec(message)?.[1])
      const actual = expected.exec(first.message)?.[2]
      if (wanted.includes(undefined) || others.length === 0) return [first]
      return [{ ...first, message: `Expected ${Array.from(new Set(wanted)).join(" or ")}, actual ${actual}` }]
    })

const check = (
  part: FieldError["in"],
  schema: Endpoint["payloadSchema"],
  value: unknown
): Effect.Effect<ReadonlyArray<FieldError>> => {
  if (schema._tag === "None") return Effect.succeed([])
  return Schema.decodeUnknown(Schema.make<unknown>(schema.value.ast))(value, { errors: "all" }).pipe(
    Effect.either,
    Effect.map(Either.match({
      onLeft: (error) =>
        oncePerField(ParseResult.ArrayFormatter.formatErrorSync(error)).map((issue) => errorOf(part, issue)),
      onRight: () => []
    }))
  )
}

export const of = (endpoint: Endpoint, parts: Parts) => {
  const withBody = HttpMethod.hasBody(endpoint.method)
  return Effect.map(
    Effect.all([
      check("path", endpoint.pathSchema, parts.path),
      check("query", endpoint.urlParamsSchema, parts.query),
      check("header", endpoint.headersSchema, parts.headers),
      check(withBody ? "body" : "query", endpoint.payloadSchema, withBody ? parts.body : parts.query)
    ]),
    (errors) => errors.flat()
  )
}
