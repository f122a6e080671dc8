/** The running system, as its HTTP API shows it to the command line. */
import * as HttpApiClient from "@effect/platform/HttpApiClient"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { Api } from "@saucier/assembly/Api"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Problem from "@saucier/runtime/Problem"
import * as Settings from "@saucier/runtime/Settings"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import { CommandFailed } from "./CommandFailed.ts"
import { ProblemAnswer } from "./ProblemAnswer.ts"
import type { Texts } from "./TextsEn.ts"

const everywhere: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" }

/** Where a system with these settings answers. */
export const addressOf = ({ httpHost, httpPort }: typeof Settings.SettingsSchema.Type): string => {
  const host = everywhere[httpHost] ?? httpHost
  return `http://${host.includes(":") ? `[${host}]` : host}:${httpPort}`
}

const isProblem = (response: HttpClientResponse.HttpClientResponse) =>
  response.headers["content-type"]?.startsWith(Problem.contentType) ?? false

const orProblem = (response: HttpClientResponse.HttpClientResponse) =>
  isProblem(response)
    ? Effect.flatMap(
      HttpClientResponse.schemaBodyJson(Problem.Problem)(response),
      (problem) => new ProblemAnswer({ problem })
    )
    : Effect.succeed(response)

const isNotFound = (error: unknown) => error instanceof ProblemAnswer && error.problem.status === 404

const isUnreachable = (error: unknown) =>
  Cause.isTimeoutException(error) || Predicate.isTagged(error, "RequestError")

/** What went wrong between here and the server, for people. */
const failureOf = (texts: Texts, url: string) => (error: unknown): CommandFailed => {
  if (error instanceof ProblemAnswer) {
    const { detail, status, title } = error.problem
    const refused = texts.server.refused(status, title, detail)
    return new CommandFailed({
      exitCode: status === 503 ? ExitCode.unavailable : ExitCode.failure,
      message: status === 401 ? `${refused}\n${texts.server.keyWanted}` : refused
    })
  }
  return new CommandFailed({
    exitCode: ExitCode.unavailable,
    message: isUnreachable(error) ? texts.server.unreachable(url) : texts.server.stranger(url)
  })
}

export const make = (texts: Texts, given: Option.Option<string>) =>
  Effect.gen(function*() {
    const settings = yield* Settings.load
    const url = Option.getOrElse(given, () => addressOf(settings))
    const key = Redacted.value(settings.apiKey)
    const http = (yield* HttpClient.HttpClient).pipe(
      HttpClient.withTracerPropagation(false),
      HttpClient.mapRequest(HttpClientRequest.setHeader("accept-language", texts.language)),
      HttpClient.mapRequest(key === "" ? identity : HttpClientRequest.bearerToken(key))
    )
    const api = yield* HttpApiClient.makeWith(Api, {
      baseUrl: url,
      httpClient: HttpClient.transformResponse(http, Effect.flatMap(orProblem))
    })
    const patiently = Effect.timeout("15 seconds")
    const failed = Effect.mapError(failureOf(texts, url))
    return {
      url,
      api,
      http: HttpClient.mapRequest(http, HttpClientRequest.prependUrl(url)),
      /** The answer, or why there is none. */
      ask: <A, E, R>(request: Effect.Effect<A, E, R>): Effect.Effect<A, CommandFailed, R> =>
        request.pipe(patiently, failed),
      /** The same, where the server may not know the thing. */
      find: <A, E, R>(request: Effect.Effect<A, E, R>): Effect.Effect<Option.Option<A>, CommandFailed, R> =>
        request.pipe(
          Effect.asSome,
          Effect.catchIf(isNotFound, () => Effect.succeedNone),
          patiently,
          failed
        )
    }
  })
export type Server = Effect.Effect.Success<ReturnType<typeof make>>
