import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import { anyone, type Principal } from "@saucier/kernel/Principal"
import * as Authentication from "@saucier/runtime/Authentication"
import * as AuthKeys from "@saucier/runtime/AuthKeys"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { SessionHttp, UnknownKey } from "./SessionHttp.ts"

/** Not for scripts, and not sent along from pages of others. */
const cookie = { httpOnly: true, sameSite: "strict", path: "/" } as const

const opened = (principal: Principal, key: string) =>
  Effect.orDie(HttpServerResponse.setCookie(
    HttpServerResponse.unsafeJson({ principal }),
    Authentication.cookieName,
    key,
    { ...cookie, maxAge: "30 days" }
  ))

export const SessionHttpLive = HttpApiBuilder.group(
  HttpApi.make("saucier").add(SessionHttp),
  "session",
  (handlers) =>
    Effect.map(Authentication.Authentication, (keys) =>
      handlers
        .handle("getSession", () =>
          Effect.gen(function*() {
            if (keys === null) return { principal: anyone }
            const request = yield* HttpServerRequest.HttpServerRequest
            // A key that is in force no longer is as good as none.
            const found = yield* Effect.orElseSucceed(
              Authentication.identify(keys, request),
              Option.none<Principal>
            )
            return { principal: Option.getOrNull(found) }
          }))
        .handle("openSession", ({ payload: { key } }) =>
          keys === null
            ? Effect.succeed(HttpServerResponse.unsafeJson({ principal: anyone }))
            : Option.match(AuthKeys.find(keys, key), {
              onNone: () => Effect.fail(new UnknownKey()),
              onSome: (principal) => opened(principal, key)
            }))
        .handle("closeSession", () =>
          Effect.orDie(HttpServerResponse.setCookie(
            HttpServerResponse.empty({ status: 204 }),
            Authentication.cookieName,
            "",
            { ...cookie, maxAge: 0 }
          ))))
)
