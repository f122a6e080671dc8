import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Draining } from "./Draining.ts"
import { Health } from "./Health.ts"
import type { CheckResult } from "./Health.ts"

const plain = (text: string, status: number) =>
  HttpServerResponse.text(text, {
    status,
    headers: { "cache-control": "no-store", ...(status === 503 ? { "retry-after": "1" } : {}) }
  })

const line = ({ message, name, ok }: CheckResult): string =>
  ok ? `[+]${name} ok` : `[-]${name} failed: ${message}`

const ready = Effect.gen(function*() {
  const health = yield* Health
  const draining = yield* Draining
  return Effect.gen(function*() {
    const query = yield* HttpServerRequest.ParsedSearchParams
    const results = yield* health.results
    const all: ReadonlyArray<CheckResult> = draining.isDraining()
      ? [...results, { name: "draining", ok: false, message: "the process is shutting down" }]
      : results
    const ok = all.every((result) => result.ok)
    const shown = query["verbose"] === undefined ? all.filter((result) => !result.ok) : all
    return plain([...shown.map(line), ok ? "ready" : "not ready", ""].join("\n"), ok ? 200 : 503)
  })
})

/** `/livez` answers while the event loop turns; `/readyz` when all checks pass, `?verbose` names each. */
export const routes: Layer.Layer<never, never, Health | Draining> = HttpApiBuilder.Router.use((router) =>
  Effect.gen(function*() {
    yield* router.get("/livez", Effect.succeed(plain("alive\n", 200)))
    yield* router.get("/readyz", yield* ready)
  })
)
