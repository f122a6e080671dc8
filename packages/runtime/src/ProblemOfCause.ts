import { clientAbortFiberId, RouteNotFound } from "@effect/platform/HttpServerError"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import * as HashSet from "effect/HashSet"
import * as Option from "effect/Option"
import * as Tracer from "effect/Tracer"
import { HttpProblem } from "./HttpProblem.ts"
import * as ProblemResponse from "./ProblemResponse.ts"

const internal = new HttpProblem({
  status: 500,
  code: "internal-error",
  detail: "The failure was logged under the traceId of this answer"
})

const unavailable = new HttpProblem({
  status: 503,
  code: "unavailable",
  detail: "The server is shutting down"
})

const clientLeft = (cause: Cause.Cause<unknown>) =>
  HashSet.some(Cause.interruptors(cause), (id) => Equal.equals(id, clientAbortFiberId))

const log = (request: HttpServerRequest.HttpServerRequest, cause: Cause.Cause<unknown>) =>
  Effect.flatMap(
    Effect.serviceOption(Tracer.ParentSpan),
    (span) =>
      Effect.logError("A request failed", cause).pipe(
        Effect.annotateLogs({
          method: request.method,
          path: request.url.split("?", 1)[0],
          traceId: Option.getOrUndefined(Option.map(span, (_) => _.traceId))
        })
      )
  )

/** Whatever ended a request, as an answer. A defect is logged with its trace and shows the client nothing of itself. */
export const make = (
  rejectionOf: (error: unknown) => Option.Option<HttpProblem>,
  allowed: (path: string) => ReadonlyArray<string>
) => {
  const missing = (request: HttpServerRequest.HttpServerRequest) => {
    const path = request.url.split("?", 1)[0] ?? "/"
    const methods = allowed(path)
    if (request.method === "OPTIONS" && methods.length > 0) {
      return Effect.succeed(HttpServerResponse.empty({ status: 204, headers: { allow: methods.join(", ") } }))
    }
    if (methods.length === 0 || methods.includes(request.method)) {
      return ProblemResponse.respond(
        new HttpProblem({ status: 404, code: "not-found", detail: `There is nothing at ${path}` })
      )
    }
    const headers = { allow: methods.join(", ") }
    return ProblemResponse.respond(
      new HttpProblem({
        status: 405,
        code: "method-not-allowed",
        detail: `${request.method} is not possible at ${path}, only ${headers.allow}`,
        headers
      })
    )
  }

  return <E>(cause: Cause.Cause<E>) =>
    Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
      if (Cause.isInterruptedOnly(cause)) {
        return clientLeft(cause) ? Effect.failCause(cause) : ProblemResponse.respond(unavailable)
      }
      const error = Cause.squash(cause)
      if (error instanceof HttpProblem) return ProblemResponse.respond(error)
      if (error instanceof RouteNotFound) return missing(request)
      if (HttpServerResponse.isServerResponse(error)) return Effect.succeed(error)
      return Option.match(Option.flatMap(Cause.failureOption(cause), rejectionOf), {
        onSome: ProblemResponse.respond,
        onNone: () => Effect.zipRight(log(request, cause), ProblemResponse.respond(internal))
      })
    })
}
