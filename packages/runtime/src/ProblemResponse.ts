import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Tracer from "effect/Tracer"
import type { HttpProblem } from "./HttpProblem.ts"
import * as Language from "./Language.ts"
import { contentType } from "./Problem.ts"
import type { Problem } from "./Problem.ts"
import { ProblemTitles, titleOf } from "./ProblemTitles.ts"

/** A server that cannot serve now says when to come back. */
const retryAfter = (status: number): Readonly<Record<string, string>> =>
  status === 429 || status === 503 ? { "retry-after": "1" } : {}

/** Renders a problem in the reader's language, with the trace in which it happened. */
export const respond = (
  problem: HttpProblem
): Effect.Effect<HttpServerResponse.HttpServerResponse, never, HttpServerRequest.HttpServerRequest> =>
  Effect.contextWith((context: Context.Context<HttpServerRequest.HttpServerRequest>) => {
    const request = Context.get(context, HttpServerRequest.HttpServerRequest)
    const span = Context.getOption(context, Tracer.ParentSpan)
    const language = Language.negotiate(request.headers["accept-language"])
    const title = titleOf(Context.get(context, ProblemTitles), language, problem.code, problem.title)
    const traceId = span._tag === "Some" ? span.value.traceId : ""
    const body: Problem = {
      type: `/problems/${problem.code}`,
      title,
      status: problem.status,
      detail: problem.detail === "" ? title : problem.detail,
      code: problem.code,
      traceId,
      errors: problem.errors ?? [],
      ...(problem.rejection === undefined ? {} : { rejection: problem.rejection })
    }
    return HttpServerResponse.text(JSON.stringify(body), {
      status: problem.status,
      contentType,
      headers: {
        "content-language": language,
        "vary": "Accept-Language",
        ...(traceId === "" ? {} : { "x-request-id": traceId }),
        ...retryAfter(problem.status),
        ...problem.headers
      }
    })
  })
