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

/**
 * Whether those who need no key must ask by a name of this machine. A page of another site can have a name of its own
 * lead to 127.0.0.1, and the browser then takes that page for one of ours.
 */
export class OwnNamesOnly extends Context.Reference<OwnNamesOnly>()("@saucier/runtime/OwnNamesOnly", {
  defaultValue: () => false
}) {}

/** Whether a host's name or address leads to this machine alone. */
export const isLoopback = (host: string): boolean =>
  /^(127(\.\d{1,3}){1,3}|\[?::1\]?|([\w-]+\.)*localhost)$/i.test(host)

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

export const layer: Layer.Layer<never, SettingsInvalid, Settings> = Layer.merge(
  Layer.effect(Authentication, Effect.flatMap(Settings, keysOf)),
  Layer.effect(OwnNamesOnly, Effect.map(Settings, ({ authAnonymous }) => authAnonymous === "loopback"))
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

interface Request {
  readonly headers: Headers.Headers
  readonly method: string
}

/** Whether a page of another origin makes a browser send this, and so whatever needs no header of ours: a cookie, too. */
const isForeign = ({ headers, method }: Request) => {
  if (method === "GET" || method === "HEAD") return false
  // Browsers say it themselves where they can, however proxies may rename us.
  const site = headers["sec-fetch-site"]
  if (site !== undefined) return site !== "same-origin" && site !== "none"
  const origin = headers["origin"]
  return origin !== undefined && origin.replace(/^https?:\/\//, "") !== headers["host"]
}

const foreign = forbidden("This page is not of the system it asks")

/**
 * Whether a request that shows no key may be one of this machine's own: a page of others can make a browser send requests
 * here, by its own name, or by one of its names that it lets lead here (DNS rebinding).
 */
export const isLocal = (request: Request): boolean =>
  isLoopback((request.headers["host"] ?? "").replace(/:\d+$/, "")) && !isForeign(request)

const bearer = /^Bearer +(\S+)$/i

/** Whom nobody asks for a key still comes from this system's own page, or from no page at all. */
export const unasked = (ownNamesOnly: boolean, request: Request): Effect.Effect<void, HttpProblem> => {
  const host = request.headers["host"]
  if (ownNamesOnly && host !== undefined && !isLoopback(host.replace(/:\d*$/, ""))) {
    return Effect.fail(forbidden(
      `Without keys only this machine is served, by its own names such as 127.0.0.1 and not as ${host}. Set ` +
        "SAUCIER_AUTH_KEYS, or SAUCIER_AUTH_ANONYMOUS=everywhere where something in front sees to who asks"
    ))
  }
  return isForeign(request) ? Effect.fail(foreign) : Effect.void
}

/** The principal of a request's key; none when it shows no key. */
export const identify = (
  keys: AuthKeys.AuthKeys,
  request: Request
): Effect.Effect<Option.Option<Principal>, HttpProblem> => {
  const { headers } = request
  const header = headers["authorization"]
  const cookie = Cookies.parseHeader(headers["cookie"] ?? "")[cookieName]
  const key = header === undefined ? cookie : bearer.exec(header)?.[1] ?? ""
  if (key === undefined) return Effect.succeedNone
  if (header === undefined && isForeign(request)) return Effect.fail(foreign)
  return Option.match(AuthKeys.find(keys, key), {
    onNone: () => Effect.fail(unauthenticated("This key is not known")),
    onSome: Effect.succeedSome
  })
}

/** The principal of a request that only these roles may make. */
export const require = (
  keys: AuthKeys.AuthKeys,
  roles: ReadonlyArray<string>,
  request: Request
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
