import * as Schema from "effect/Schema"

/** One thing that is wrong with a request: where it is (a JSON pointer into that part), and what to change. */
export const FieldError = Schema.Struct({
  in: Schema.Literal("body", "path", "query", "header"),
  pointer: Schema.String,
  code: Schema.String,
  message: Schema.String
}).annotations({ identifier: "FieldError" })
export type FieldError = typeof FieldError.Type

/**
 * The body of every error answer (RFC 9457). `code` is for programs, `title` for people in their language, `detail`
 * for whoever debugs; `rejection` is the typed error of the API, as its schema encodes it.
 */
export const Problem = Schema.Struct({
  type: Schema.String,
  title: Schema.String,
  status: Schema.Int,
  detail: Schema.String,
  code: Schema.String,
  traceId: Schema.String,
  errors: Schema.Array(FieldError),
  rejection: Schema.optional(Schema.Unknown)
}).annotations({ identifier: "Problem" })
export type Problem = typeof Problem.Type

export const contentType = "application/problem+json"
