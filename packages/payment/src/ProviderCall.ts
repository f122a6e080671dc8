/**
 * One exchange with the provider over HTTP, whatever comes back. What certainly never reached it is a refusal, and so is
 * its own word that it did nothing. All else is silence: no answer, a broken one, one that nobody can read.
 */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import type { HttpApiDecodeError } from "@effect/platform/HttpApiError"
import * as HttpClient from "@effect/platform/HttpClient"
import type { HttpClientError } from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { withoutSecrets } from "@saucier/kernel/WithoutSecrets"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import type { ParseError } from "effect/ParseResult"
import * as Predicate from "effect/Predicate"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { type ProviderFailure, ProviderRefused, ProviderSilent } from "./PaymentProvider.ts"

const maxBytes = 65_536

const silent = (detail: string) => new ProviderSilent({ detail })

const answered = (status: number) => silent(`the provider answered ${status}`)

const compressed = silent("the answer is compressed, which was not asked for")

const tooLarge = silent(`the answer has more than ${maxBytes} bytes`)

/** No connection, so no request. Anything that happens to a connection which stood leaves it open what was read. */
const unconnected: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT"
])

/** The first code in the chain of causes: how clients wrap the system's error differs. */
const codeOf = (error: unknown): unknown => {
  if (Predicate.hasProperty(error, "code")) return error.code
  return Predicate.hasProperty(error, "cause") ? codeOf(error.cause) : undefined
}

const gather = ({ stream }: HttpClientResponse.HttpClientResponse) =>
  Stream.runFoldEffect(
    stream,
    { size: 0, chunks: Chunk.empty<Uint8Array>() },
    ({ chunks, size }, bytes) =>
      size + bytes.byteLength > maxBytes
        ? tooLarge
        : Effect.succeed({ size: size + bytes.byteLength, chunks: Chunk.append(chunks, bytes) })
  )

/**
 * Reads no more than an answer may have, and of no other status than those that mean something. A compressed answer is not
 * read: Node's fetch may wait for ever for the end of a broken one.
 */
const bounded = (response: HttpClientResponse.HttpClientResponse) =>
  Effect.gen(function*() {
    const { headers, request, status } = response
    if (![200, 404, 503].includes(status)) return yield* answered(status)
    if ((headers["content-encoding"] ?? "identity") !== "identity") return yield* compressed
    const { chunks } = yield* gather(response)
    return HttpClientResponse.fromWeb(request, new Response(Buffer.concat([...chunks]), { status }))
  })

type Trouble = ProviderFailure | HttpApiDecodeError | HttpClientError | ParseError

const failureOf = (error: Trouble): ProviderFailure => {
  switch (error._tag) {
    case "ProviderRefused":
      return new ProviderRefused({
        detail: withoutSecrets(error.detail),
        ...(error.by === undefined ? {} : { by: error.by })
      })
    case "ProviderSilent":
      return new ProviderSilent({ detail: withoutSecrets(error.detail) })
    case "RequestError": {
      const code = codeOf(error.cause)
      return unconnected.has(code)
        ? new ProviderRefused({ detail: `no connection (${code})` })
        : silent(`the connection broke (${code ?? error.reason})`)
    }
    case "ResponseError":
      return error.reason === "StatusCode"
        ? answered(error.response.status)
        : silent("the answer broke off or is no JSON")
    case "HttpApiDecodeError":
    case "ParseError":
      return silent("the answer says nothing that we know")
  }
}

/** The client for calls to the provider; each must run through `exchange`. */
export const client = Effect.map(HttpClient.HttpClient, (client) =>
  HttpClient.withScope(client).pipe(
    HttpClient.mapRequest(HttpClientRequest.setHeader("accept-encoding", "identity")),
    HttpClient.transformResponse(Effect.flatMap(bounded)),
    HttpClient.transformResponse(Effect.provideService(FetchHttpClient.RequestInit, { redirect: "manual" }))
  ))

/** Types what can go wrong. The connection of an answer that is not read to its end is closed. */
export const exchange = <A>(
  call: Effect.Effect<A, Trouble, Scope.Scope>
): Effect.Effect<A, ProviderFailure> => Effect.mapError(Effect.scoped(call), failureOf)
