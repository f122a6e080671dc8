import { assert, describe, it, layer } from "@effect/vitest"
import * as ExitCode from "@saucier/runtime/ExitCode"
import { Health } from "@saucier/runtime/Health"
import * as HttpRuntime from "@saucier/runtime/HttpRuntime"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import { createHash } from "node:crypto"
import { request, served } from "./Served.ts"

const text = (response: Response) => Effect.promise(() => response.text())

layer(served(), { excludeTestServices: true })("a served API", (it) => {
  it.scoped("is ready when every check passes, and names the one that does not", () =>
    Effect.gen(function*() {
      const health = yield* Health
      assert.strictEqual(yield* text(yield* request("/livez")), "alive\n")
      yield* health.add({ name: "store", run: Effect.void })
      assert.strictEqual(yield* text(yield* request("/readyz")), "ready\n")
      assert.strictEqual(yield* text(yield* request("/readyz?verbose")), "[+]store ok\nready\n")
      yield* Effect.scoped(Effect.gen(function*() {
        yield* health.add({ name: "broker", run: Effect.fail({ message: "no route" }) })
        yield* health.add({ name: "bug", run: Effect.dieMessage("a secret") })
        const response = yield* request("/readyz")
        assert.strictEqual(response.status, 503)
        assert.strictEqual(
          yield* text(response),
          "[-]broker failed: no route\n[-]bug failed: the check itself broke\nnot ready\n"
        )
      }))
      assert.strictEqual((yield* request("/readyz")).status, 200)
    }))

  it.effect("exposes its metrics to Prometheus", () =>
    Effect.gen(function*() {
      const counter = Metric.counter("toy_orders", { description: "Orders\nplaced", incremental: true })
      yield* Metric.increment(Metric.counter("toy_guests"))
      yield* Metric.set(Metric.gauge("toy_gone"), Number.NaN)
      yield* Metric.increment(Metric.tagged(counter, "branch", `a"b\\c`))
      const response = yield* request("/metrics")
      assert.include(response.headers.get("content-type"), "version=0.0.4")
      const lines = (yield* text(response)).split("\n")
      assert.include(lines, String.raw`# HELP toy_orders_total Orders\nplaced`)
      assert.include(lines, "# TYPE toy_orders_total counter")
      assert.include(lines, String.raw`toy_orders_total{branch="a\"b\\c"} 1`)
      assert.include(lines, "# TYPE toy_guests gauge", "what may fall is no counter")
      assert.isFalse(lines.some((line) => line.includes("toy_gone")), "what is not known is not told")
      assert.isTrue(
        lines.some((line) => /^saucier_build_info\{node="v[^"]+",version="1.2.3"\} 1$/.test(line))
      )
      assert.isTrue(
        lines.some((line) => /^nodejs_eventloop_lag_seconds\{quantile="0.99"\} [\d.e-]+$/.test(line))
      )
      assert.isTrue(lines.some((line) => /^process_resident_memory_bytes \d+$/.test(line)))
    }))

  it.effect("describes itself, its errors as problems", () =>
    Effect.gen(function*() {
      const response = yield* request("/openapi.json")
      const document = JSON.parse(yield* text(response))
      assert.strictEqual(document.openapi, "3.1.0")
      const { responses } = document.paths["/baskets/{id}"].get
      assert.property(document.components.schemas.Problem.properties, "traceId")
      assert.deepStrictEqual(responses["400"].content, {
        "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } }
      })
      assert.deepStrictEqual(responses["404"].content["application/problem+json"].schema.allOf, [
        { $ref: "#/components/schemas/Problem" },
        { type: "object", properties: { rejection: { $ref: "#/components/schemas/BasketNotFound" } } }
      ])
      assert.isDefined(responses["200"].content["application/json"])
      const again = yield* request("/openapi.json", {
        headers: { "if-none-match": response.headers.get("etag") ?? "" }
      })
      assert.strictEqual(again.status, 304)
    }))

  it.effect("has a page of documentation that asks nobody else", () =>
    Effect.gen(function*() {
      const response = yield* request("/docs")
      assert.strictEqual(response.headers.get("content-encoding"), "gzip")
      const html = yield* text(response)
      const policy = response.headers.get("content-security-policy") ?? ""
      assert.include(policy, "default-src 'none'")
      assert.notInclude(policy, "unsafe")
      const scripts = Array.from(html.matchAll(/<script>([\s\S]*?)<\/script>/g), ([, script = ""]) => script)
      assert.strictEqual(scripts.length, 1)
      const digest = createHash("sha256").update(scripts[0] ?? "").digest("base64")
      assert.include(policy, `script-src 'sha256-${digest}'`)
      assert.notMatch(html, /<(script|link|img)[^>]+(src|href)=/)
      assert.include(html, "application/problem+json")
      const etag = response.headers.get("etag") ?? ""
      assert.strictEqual((yield* request("/docs", { headers: { "if-none-match": etag } })).status, 304)
      const plain = yield* request("/docs", { headers: { "accept-encoding": "identity" } })
      assert.isNull(plain.headers.get("content-encoding"))
      assert.strictEqual(yield* text(plain), html)
    }))
})

describe("a port that is in use", () => {
  it.scopedLive("is refused in words that say what to do, with exit code 69", () =>
    Effect.gen(function*() {
      const first = yield* Layer.build(served())
      const { port } = yield* Effect.provide(HttpRuntime.HttpAddress, first)
      const exit = yield* Effect.exit(Effect.scoped(Layer.build(served({ port }))))
      assert.strictEqual(ExitCode.ofExit(exit), 69)
      const error = yield* Effect.flip(exit)
      assert.include(error.message, `Port ${port} on 127.0.0.1 is in use`)
      assert.include(error.message, "SAUCIER_HTTP_PORT")
      assert.strictEqual(ExitCode.ofExit(Exit.interrupt(yield* Effect.fiberId)), 0)
    }))
})
