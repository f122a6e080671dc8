/** Who a request comes from: a key in `Authorization: Bearer`, or in the cookie that `POST /session` gives a browser. */
import * as Cookies from "@effect/platform/Cookies"
import type * as Headers from "@effect/platform/Headers"
import type { Principal } from "@saucier/kernel/Principal"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as AuthKeys from "./AuthKeys.ts"
import { HttpProblem } from "./HttpProblem.ts"
import { Settings, type SettingsSchema } from "./Settings.ts"
import { SettingsInvalid } from "./SettingsInvalid.ts"

/** The keys in force, or null where nobody has to say who they are. */
export class Authentication extends Context.Reference<Authentication>()("@saucier/runtime/Authentication", {
  defaultValue: (): AuthKeys.AuthKeys | null => null
}) {}

/** Whether a host's name or address leads to this machine alone. */
export const isLoopback = (host: string): boolean => /^(127(\.\d{1,3}){1,3}|\[?::1\]?|localhost)$/.test(host)

/** The keys in force. A door to the network that nobody guards is not opened, unless that is said in so many words. */
export const keysOf = (
  settings: typeof SettingsSchema.Type
): Effect.Effect<AuthKeys.AuthKeys | null, SettingsInvalid> => {
  const { authAnonymous, authKeys, httpHost } = settings
  if (authKeys.size > 0) return Effect.succeed(authKeys)
  if (isLoopback(httpHost) || authAnonymous === "everywhere") return Effect.succeed(null)
  return new SettingsInvalid({
    problems: [{
      key: "SAUCIER_AUTH_KEYS",
      rule:
        `must name who may ask, since SAUCIER_HTTP_HOST is ${httpHost} (\`saucier key\` makes an entry; ` +
        "SAUCIER_AUTH_ANONYMOUS=everywhere serves all who come)",
      value: "",
      source: "default"
    }]
  })
}

export const layer: Layer.Layer<never, SettingsInvalid, Settings> = Layer.effect(
  Authentication,
  Effect.flatMap(Settings, keysOf)
)

export const cookieName = "saucier_key"

const unauthenticated = (detail: string) =>
  new HttpProblem({
    status: 401,
    code: "unauthenticated",
    detail,
    headers: { "www-authenticate": "Bearer realm=\"saucier\"" }
  })

const forbidden = (detail: string) => new HttpProblem({ status: 403, code: "forbidden", detail })

/** A cookie goes along with whatever a page of another origin makes a browser send. */
const isForeign = (method: string, headers: Headers.Headers) =>
  method !== "GET" && method !== "HEAD" && headers["origin"] !== undefined &&
  headers["origin"].replace(/^https?:\/\//, "") !== headers["host"]

/**
 * Whether a request that shows no key may be one of this machine's own: a page of others can make a browser send requests
 * here, by its own name, or by one of its names that it lets lead here (DNS rebinding).
 */
export const isLocal = (
  { headers, method }: { readonly headers: Headers.Headers; readonly method: string }
): boolean => isLoopback((headers["host"] ?? "").replace(/:\d+$/, "")) && !isForeign(method, headers)

const bearer = /^Bearer +(\S+)$/i

/** The principal of a request's key; none when it shows no key. */
export const identify = (
  keys: AuthKeys.AuthKeys,
  { headers, method }: { readonly headers: Headers.Headers; readonly method: string }
): Effect.Effect<Option.Option<Principal>, HttpProblem> => {
  const header = headers["authorization"]
  const cookie = Cookies.parseHeader(headers["cookie"] ?? "")[cookieName]
  const key = header === undefined ? cookie : bearer.exec(header)?.[1] ?? ""
  if (key === undefined) return Effect.succeedNone
  if (header === undefined && isForeign(method, headers)) {
    return Effect.fail(forbidden("This page is not of the system it asks"))
  }
  return Option.match(AuthKeys.find(keys, key), {
    onNone: () => Effect.fail(unauthenticated("This key is not known")),
    onSome: Effect.succeedSome
  })
}

/** The principal of a request that only these roles may make. */
export const require = (
  keys: AuthKeys.AuthKeys,
  roles: ReadonlyArray<string>,
  request: { readonly headers: Headers.Headers; readonly method: string }
): Effect.Effect<Principal, HttpProblem> =>
  Effect.flatMap(
    identify(keys, request),
    Option.match({
      onNone: () => Effect.fail(unauthenticated("Say who you are, by Authorization: Bearer and your key")),
      onSome: (principal) =>
        roles.includes(principal.role)
          ? Effect.succeed(principal)
          : Effect.fail(forbidden(`This is for ${roles.join(", ")}; you are ${principal.role}`))
    })
  )
