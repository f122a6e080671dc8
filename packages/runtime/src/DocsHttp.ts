/** `/openapi.json`, and `/docs`: Swagger UI with everything inlined, so that no request leaves the origin. */
import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpApiSwagger from "@effect/platform/HttpApiSwagger"
import * as HttpServerRespondable from "@effect/platform/HttpServerRespondable"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { createHash } from "node:crypto"
import * as Asset from "./Asset.ts"
import * as OpenApiJson from "./OpenApiJson.ts"

const bytes = (text: string) => new TextEncoder().encode(text)
const noCache = { "cache-control": "no-cache" }

/** The page as the platform makes it, taken from a router of its own. */
const swaggerPage = Effect.gen(function*() {
  const swagger = Layer.merge(HttpApiSwagger.layer({ path: "/docs" }), HttpApiBuilder.Router.Live)
  const service = Context.get(yield* Layer.build(swagger), HttpApiBuilder.Router)
  for (const route of (yield* service.router).routes) {
    const { body } = yield* Effect.flatMap(route.handler, HttpServerRespondable.toResponse)
    if (body._tag === "Uint8Array") return new TextDecoder().decode(body.body)
  }
  return yield* Effect.dieMessage("The platform made no page")
})

/** JSON inside of HTML must not end the element it is in. */
const escape = (json: string): string => json.replaceAll("<", String.raw`\u003c`)

const withSpec = (html: string, json: string): string =>
  html.replace(
    /(<script id="swagger-spec"[^>]*>)[\s\S]*?(<\/script>)/,
    (_, open: string, close: string) => `${open}${escape(json)}${close}`
  )

const hashes = (html: string, element: RegExp): string =>
  Array.from(
    html.matchAll(element),
    ([, text = ""]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`
  )
    .join(" ")

/** Exactly the script and the style of the page, and nothing from elsewhere. */
const policy = (html: string): string =>
  [
    "default-src 'none'",
    `script-src ${hashes(html, /<script>([\s\S]*?)<\/script>/g)}`,
    `style-src ${hashes(html, /<style>([\s\S]*?)<\/style>/g)}`,
    "img-src 'self' data:",
    "font-src data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'"
  ].join("; ")

export const routes: Layer.Layer<never, never, HttpApi.Api> = HttpApiBuilder.Router.use((router) =>
  Effect.gen(function*() {
    const served = yield* HttpApi.Api
    const json = JSON.stringify(OpenApiJson.make(served.api))
    const document = yield* Asset.make(bytes(json), "application/json", noCache)
    const page = yield* Effect.cached(
      Effect.gen(function*() {
        const html = withSpec(yield* Effect.provideService(swaggerPage, HttpApi.Api, served), json)
        const headers = { ...noCache, "content-security-policy": policy(html) }
        return yield* Asset.make(bytes(html), "text/html; charset=utf-8", headers)
      })
    )
    yield* router.get("/openapi.json", Asset.respond(document))
    yield* router.get("/docs", Effect.flatMap(page, Asset.respond))
  })
)
