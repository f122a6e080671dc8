import * as NodeHttpServerRequest from "@effect/platform-node/NodeHttpServerRequest"
import type * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import { HttpApiDecodeError } from "@effect/platform/HttpApiError"
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import * as HttpMethod from "@effect/platform/HttpMethod"
import * as HttpRouter from "@effect/platform/HttpRouter"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import { HttpProblem } from "./HttpProblem.ts"
import * as JsonBody from "./JsonBody.ts"
import type { FieldError } from "./Problem.ts"
import * as RequestErrors from "./RequestErrors.ts"
import type { ServedApi } from "./ServedApi.ts"
import * as UnknownFields from "./UnknownFields.ts"

export type Endpoint = HttpApiEndpoint.HttpApiEndpoint.AnyWithProps
type Request = HttpServerRequest.HttpServerRequest
type Needs = Request | HttpServerRequest.ParsedSearchParams | HttpRouter.RouteContext

/** The endpoints of an API by method and path, which is how its routes are known. */
export const endpointsOf = (api: ServedApi): ReadonlyMap<string, Endpoint> =>
  new Map(
    Object.values(api.groups).flatMap((group) =>
      Object.values(group.endpoints).map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint])
    )
  )

/** Refuses the request for all that is wrong with it. When nothing is, our own answer broke its schema: a defect. */
const refuse = (
  endpoint: Endpoint,
  unknown: ReadonlyArray<FieldError>,
  body: unknown,
  why?: HttpApiDecodeError
) =>
  Effect.gen(function*() {
    const request = yield* HttpServerRequest.HttpServerRequest
    const query = yield* HttpServerRequest.ParsedSearchParams
    const { params } = yield* HttpRouter.RouteContext
    const wrong = yield* RequestErrors.of(endpoint, { path: params, query, headers: request.headers, body })
    const errors = [...unknown, ...wrong]
    if (errors.length === 0 && why !== undefined) return yield* Effect.die(why)
    const detail = errors.map((error) => error.message).join("; ")
    return yield* new HttpProblem({ status: 400, code: "invalid-request", detail, errors })
  })

const refuseUndecodable = <A, E, R>(endpoint: Endpoint, body: unknown, handler: Effect.Effect<A, E, R>) =>
  Effect.catchAll(
    handler,
    (error): Effect.Effect<never, E | HttpProblem, Needs> =>
      error instanceof HttpApiDecodeError ? refuse(endpoint, [], body, error) : Effect.fail(error)
  )

/** A body whose bytes matter, because they are signed: bounded as any other, not parsed, and told as it is. */
const withText = <A, E, R>(handler: Effect.Effect<A, E, R>) =>
  Effect.flatMap(
    HttpServerRequest.HttpServerRequest,
    (request) =>
      Effect.flatMap(JsonBody.bytes(NodeHttpServerRequest.toIncomingMessage(request)), (bytes) => {
        const value = { value: Effect.succeed(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)) }
        return Effect.mapInputContext(
          handler,
          (context: Context.Context<R | Needs>) =>
            Context.add(context, HttpServerRequest.HttpServerRequest, Object.create(request, { json: value }))
        )
      })
  )

/** The body is parsed by now: whoever asks the request for it gets the value. */
const withBody = (request: Request, body: unknown): Request =>
  Object.create(request, { json: { value: Effect.succeed(body) } })

/** The handler of an endpoint, behind the checks of its body. */
export const guard = <A, E, R>(endpoint: Endpoint, handler: Effect.Effect<A, E, R>) => {
  const payload = endpoint.payloadSchema
  if (payload._tag === "None" || !HttpMethod.hasBody(endpoint.method)) {
    return refuseUndecodable(endpoint, null, handler)
  }
  const { kind } = HttpApiSchema.getEncoding(payload.value.ast)
  if (kind === "Text") return withText(refuseUndecodable(endpoint, "", handler))
  if (kind !== "Json" || HttpApiSchema.getMultipart(payload.value.ast) !== undefined) {
    return refuseUndecodable(endpoint, null, handler)
  }
  const unknownFieldsOf = UnknownFields.make(payload.value.ast)
  return Effect.flatMap(
    HttpServerRequest.HttpServerRequest,
    (request) =>
      Effect.flatMap(JsonBody.read(NodeHttpServerRequest.toIncomingMessage(request)), (body) => {
        const unknown = unknownFieldsOf(body)
        if (unknown.length > 0) return refuse(endpoint, unknown, body)
        return Effect.mapInputContext(
          refuseUndecodable(endpoint, body, handler),
          (context: Context.Context<R | Needs>) =>
            Context.add(context, HttpServerRequest.HttpServerRequest, withBody(request, body))
        )
      })
  )
}
