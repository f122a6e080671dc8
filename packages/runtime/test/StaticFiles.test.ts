import * as NodeContext from "@effect/platform-node/NodeContext"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import { assert, layer } from "@effect/vitest"
import * as Draining from "@saucier/runtime/Draining"
import * as HttpRuntime from "@saucier/runtime/HttpRuntime"
import * as SseStreams from "@saucier/runtime/SseStreams"
import * as StaticFiles from "@saucier/runtime/StaticFiles"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { brotliCompressSync, gzipSync } from "node:zlib"
import { raw, request } from "./Served.ts"
import { toyLayer } from "./Toy.ts"

const page = `<!doctype html>${"<p>sauce</p>".repeat(100)}`

const site = Layer.unwrapScoped(Effect.gen(function*() {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const parent = yield* fs.makeTempDirectoryScoped()
  const folder = path.join(parent, "site")
  yield* fs.makeDirectory(path.join(folder, "assets"), { recursive: true })
  yield* fs.writeFileString(path.join(parent, "secret.txt"), "secret")
  yield* fs.writeFileString(path.join(folder, ".env"), "secret")
  yield* fs.writeFileString(path.join(folder, "index.html"), page)
  yield* fs.writeFileString(path.join(folder, "assets", "app-B3xQ9kLm.js"), "1")
  const code = new TextEncoder().encode("sauce".repeat(100))
  yield* fs.writeFile(path.join(folder, "assets", "page-0f1e2d3c.js"), code)
  yield* fs.writeFile(path.join(folder, "assets", "page-0f1e2d3c.js.br"), brotliCompressSync(code))
  yield* fs.writeFile(path.join(folder, "assets", "page-0f1e2d3c.js.gz"), gzipSync(code))
  yield* fs.writeFileString(path.join(folder, "assets", "dashboard-settings.js"), "1")
  return HttpRuntime.serve({ host: "127.0.0.1", port: 0 }).pipe(
    Layer.provide(StaticFiles.routes(folder, ["/app/*"])),
    Layer.provide(toyLayer),
    Layer.provide([Draining.layer, SseStreams.layer()])
  )
})).pipe(Layer.provide(NodeContext.layer))

layer(site, { excludeTestServices: true })("static files", (it) => {
  it.effect("have the index at the root, always asked for again", () =>
    Effect.gen(function*() {
      const response = yield* request("/")
      assert.strictEqual(yield* Effect.promise(() => response.text()), page)
      assert.strictEqual(response.headers.get("content-type"), "text/html; charset=utf-8")
      assert.strictEqual(response.headers.get("cache-control"), "no-cache")
      assert.strictEqual(response.headers.get("content-encoding"), "gzip")
      assert.strictEqual(response.headers.get("vary"), "Accept-Encoding")
      const etag = response.headers.get("etag") ?? ""
      assert.strictEqual((yield* request("/", { headers: { "if-none-match": etag } })).status, 304)
    }))

  it.effect("never change when their name holds a hash", () =>
    Effect.gen(function*() {
      const hashed = yield* request("/assets/app-B3xQ9kLm.js")
      assert.include(hashed.headers.get("cache-control"), "immutable")
      assert.isNull(hashed.headers.get("content-encoding"))
      const named = yield* request("/assets/dashboard-settings.js")
      assert.strictEqual(named.headers.get("cache-control"), "no-cache")
    }))

  it.effect("come as they were compressed beforehand, in what the reader takes", () =>
    Effect.gen(function*() {
      const as = (accept: string) =>
        request("/assets/page-0f1e2d3c.js", { headers: { "accept-encoding": accept } })
      const tags = new Set<string | null>()
      for (
        const [accept, coding] of [["gzip, br", "br"], ["gzip", "gzip"], ["br;q=0, gzip", "gzip"], [
          "identity",
          null
        ]] as const
      ) {
        const response = yield* as(accept)
        assert.strictEqual(response.headers.get("content-encoding"), coding, accept)
        assert.strictEqual(yield* Effect.promise(() => response.text()), "sauce".repeat(100), accept)
        tags.add(response.headers.get("etag"))
      }
      assert.strictEqual(tags.size, 3)
      assert.strictEqual((yield* request("/assets/page-0f1e2d3c.js.br")).status, 404)
    }))

  it.effect("have the index at every path that it draws by itself, and at no other", () =>
    Effect.gen(function*() {
      for (const path of ["/app/orders/ord_1", "/app/place?branchId=1"]) {
        const response = yield* request(path)
        assert.strictEqual(yield* Effect.promise(() => response.text()), page, path)
        assert.strictEqual(response.headers.get("cache-control"), "no-cache")
      }
      assert.strictEqual((yield* request("/apps")).status, 404)
    }))

  it.scoped("give away nothing outside of their folder", () =>
    Effect.gen(function*() {
      for (
        const path of [
          "/../secret.txt",
          "/%2e%2e/secret.txt",
          "/assets/..%2f..%2fsecret.txt",
          "/.env",
          "/assets"
        ]
      ) {
        const answer = yield* raw(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
        assert.match(answer, /^HTTP\/1.1 404 /, path)
        assert.notInclude(answer, "\r\n\r\nsecret")
      }
    }))
})
