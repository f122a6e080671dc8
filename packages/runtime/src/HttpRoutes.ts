/** Surrounds each route with what all share: span, checked body, problems, headers. Done once, when the server is built. */
import * as NodeHttpServerRequest from "@effect/platform-node/NodeHttpServerRequest"
import * as HttpRouter from "@effect/platform/HttpRouter"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerRespondable from "@effect/platform/HttpServerRespondable"
import type * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Traceparent from "@saucier/eventsourcing/Traceparent"
import { Access } from "@saucier/kernel/Access"
import type * as CrashPoint from "@saucier/kernel/CrashPoint"
import { CurrentPrincipal } from "@saucier/kernel/Principal"
import type * as Cause from "effect/Cause"
import * as Chunk from "effect/Chunk"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Admission } from "./Admission.ts"
import * as Authentication from "./Authentication.ts"
import type { AuthKeys } from "./AuthKeys.ts"
import * as HttpMetrics from "./HttpMetrics.ts"
import type { HttpProblem } from "./HttpProblem.ts"
import * as JsonRequest from "./JsonRequest.ts"
import { NodeResponse } from "./NodeResponse.ts"
import { Quiet } from "./Quiet.ts"
import type { RequestMeter } from "./RequestMeter.ts"
import { apiHeaders, securityHeaders } from "./SecurityHeaders.ts"
import type { ServedApi } from "./ServedApi.ts"

type Response = HttpServerResponse.HttpServerResponse
type Request = HttpServerRequest.HttpServerRequest
type Router = HttpRouter.HttpRouter<unknown, HttpRouter.HttpRouter.DefaultServices>
type OnCause = <E>(cause: Cause.Cause<E>) => Effect.Effect<Response, E, Request>

export interface Surroundings {
  readonly api: ServedApi
  readonly onCause: OnCause
  readonly isDraining: () => boolean
  /** Around each request of the API that changes something. */
  readonly admit: Admission
  readonly meter: RequestMeter["Type"]
  /** Null where nobody has to say who they are. */
  readonly keys: AuthKeys | null
  readonly ownNamesOnly: boolean
  /** Told before and after an answer to a request that changes something. */
  readonly watch: CrashPoint.Watcher | null
}

/** What the answer shall carry besides its own headers, told to the response that will write them. */
const prepare = (
  request: Request,
  shared: Readonly<Record<string, string>>,
  traceId: string | undefined,
  last: boolean
) => {
  const response = NodeHttpServerRequest.toServerResponse(request)
  if (!(response instanceof NodeResponse)) return
  response.shared = shared
  response.traceId = traceId
  response.last = last
}

type Measure = ReturnType<ReturnType<typeof HttpMetrics.make>>

/** A request with its span, a child of the caller's. Headers and queries stay out of it: they hold secrets. */
const traced = <E, R>(
  method: string,
  route: string | undefined,
  measured: Measure,
  surroundings: Surroundings,
  handler: Effect.Effect<Response, E, R>,
  kind: "server" | "internal" = "server"
) =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) =>
    Effect.useSpan(
      route === undefined ? (method === "_OTHER" ? "HTTP" : method) : `${method} ${route}`,
      {
        kind,
        captureStackTrace: false,
        parent: Traceparent.spanOf(request.headers["traceparent"] ?? null)
      },
      (span) => {
        span.attribute("http.request.method", method)
        if (method !== request.method) span.attribute("http.request.method_original", request.method)
        span.attribute("url.path", request.url.split("?", 1)[0] ?? "/")
        if (route !== undefined) span.attribute("http.route", route)
        return handler.pipe(
          Effect.catchAllCause(surroundings.onCause),
          measured,
          Effect.map((response) => {
            span.attribute("http.response.status_code", response.status)
            prepare(request, apiHeaders, span.traceId, surroundings.isDraining())
            return response
          }),
          Effect.withParentSpan(span)
        )
      }
    ))

const untraced = <E, R>(surroundings: Surroundings, handler: Effect.Effect<Response, E, R>) =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) =>
    handler.pipe(
      Effect.catchAllCause(surroundings.onCause),
      Effect.map((response) => {
        prepare(request, securityHeaders, undefined, surroundings.isDraining())
        return response
      })
    ))

/** What no route answers, and what fails before one is reached. */
export const outside = (surroundings: Surroundings) => {
  const measured = HttpMetrics.make("", surroundings.meter)
  return <E, R>(app: Effect.Effect<Response, E, R>) =>
    Effect.catchAllCause(app, (cause) =>
      Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
        const method = HttpMetrics.methodOf(request.method)
        return traced(method, undefined, measured(method), surroundings, Effect.failCause(cause))
      }))
}

/** Only for those whom the endpoint is meant for, and in their name. */
const admitted = <A, E, R>(
  { keys, ownNamesOnly }: Surroundings,
  access: Access["Type"],
  handler: Effect.Effect<A, E, R>
): Effect.Effect<A, E | HttpProblem, R | Request> =>
  access === "public"
    ? handler
    : Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) =>
      keys === null
        ? Effect.zipRight(Authentication.unasked(ownNamesOnly, request), handler)
        : Effect.flatMap(
          Authentication.require(keys, access, request),
          (principal) => Effect.provideService(handler, CurrentPrincipal, principal)
        ))

/** A point before the answer, and one when its last byte has been handed on. */
const answered = <E, R>(
  watch: CrashPoint.Watcher | null,
  name: CrashPoint.Name,
  handler: Effect.Effect<Response, E, R>
) =>
  watch === null
    ? handler
    : Effect.zipWith(HttpServerRequest.HttpServerRequest, handler, (request, response) => {
      watch(name, "before")
      NodeHttpServerRequest.toServerResponse(request).once("finish", () => watch(name, "after"))
      return response
    })

const changes = (method: string) => method !== "GET" && method !== "HEAD"

/** Endpoints of the API are traced; probes, metrics, pages and files are not. */
export const surround = (router: Router, surroundings: Surroundings) => {
  const endpoints = JsonRequest.endpointsOf(surroundings.api)
  return HttpRouter.fromIterable(
    Chunk.map(router.routes, (route) => {
      const endpoint = endpoints.get(`${route.method} ${route.path}`)
      const handler = Effect.flatMap(route.handler, HttpServerRespondable.toResponse)
      const watch = changes(route.method) ? surroundings.watch : null
      return HttpRouter.makeRoute(
        route.method,
        route.path,
        endpoint === undefined
          ? untraced(surroundings, handler)
          : answered(
            watch,
            `answer ${route.method} ${route.path}`,
            traced(
              route.method,
              route.path,
              HttpMetrics.make(route.path, surroundings.meter)(route.method),
              surroundings,
              admitted(
                surroundings,
                Context.get(endpoint.annotations, Access),
                JsonRequest.guard(endpoint, changes(route.method) ? surroundings.admit(handler) : handler)
              ),
              Context.get(endpoint.annotations, Quiet) ? "internal" : "server"
            )
          ),
        { prefix: Option.getOrUndefined(route.prefix), uninterruptible: route.uninterruptible }
      )
    })
  )
}

/** The methods that a path answers to. */
export const methodsAt = (router: Router) => {
  const routes = Array.from(router.routes, (route) => ({
    method: route.method,
    pattern: new RegExp(
      `^${
        route.path
          .replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
          .replaceAll(/:[^/]+/g, "[^/]+")
          .replaceAll("*", ".*")
      }$`
    )
  }))
  return (path: string): ReadonlyArray<string> => {
    const methods = new Set<string>(
      routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
    )
    if (methods.has("GET")) methods.add("HEAD")
    return methods.size === 0 ? [] : [...methods, "OPTIONS"].sort()
  }
}
