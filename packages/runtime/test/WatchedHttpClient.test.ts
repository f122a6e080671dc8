import * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import { AttemptWatch } from "@saucier/resilience/AttemptWatch"
import * as WatchedHttpClient from "@saucier/runtime/WatchedHttpClient"
import * as Effect from "effect/Effect"
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

const isAddress = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === "object" && address !== null

const server = (answer: (response: ServerResponse) => void) =>
  Effect.acquireRelease(
    Effect.async<{ readonly url: string; readonly close: () => void }>((resume) => {
      const server = createServer((_, response) => answer(response))
      server.listen(0, "127.0.0.1", () => {
        const address = server.address()
        const port = isAddress(address) ? address.port : 0
        resume(Effect.succeed({
          url: `http://127.0.0.1:${port}`,
          close: () => {
            server.closeAllConnections()
            server.close()
          }
        }))
      })
    }),
    ({ close }) => Effect.sync(close)
  )

const watch = () => {
  const told: Array<string> = []
  return { told, leaves: () => void told.push("leaves"), comes: () => void told.push("comes") }
}

const get = (url: string) =>
  Effect.flatMap(HttpClient.get(url), ({ text }) => text).pipe(Effect.provide(WatchedHttpClient.layer))

describe("the watched HTTP client", () => {
  it.scopedLive("tells when a request leaves and when its answer begins, before that is at its end", () =>
    Effect.gen(function*() {
      let end = () => {}
      const { url } = yield* server((response) => {
        response.writeHead(200).write("first ")
        end = () => void response.end("last")
      })
      const seen = watch()
      const comes = () => {
        seen.comes()
        end()
      }
      assert.strictEqual(
        yield* Effect.provideService(get(url), AttemptWatch, { ...seen, comes }),
        "first last"
      )
      assert.deepStrictEqual(seen.told, ["leaves", "comes"])
    }))

  it.scopedLive("takes no word that an answer will come for the answer", () =>
    Effect.gen(function*() {
      const { url } = yield* server((response) => {
        response.writeProcessing()
        response.end("all")
      })
      const seen = watch()
      yield* Effect.provideService(get(url), AttemptWatch, seen)
      assert.deepStrictEqual(seen.told, ["leaves", "comes"])
    }))

  it.scopedLive("tells each caller of his own request alone", () =>
    Effect.gen(function*() {
      const { url } = yield* server((response) => void response.end("all"))
      const watches = Array.from({ length: 8 }, watch)
      yield* Effect.forEach(watches, (one) => Effect.provideService(get(url), AttemptWatch, one), {
        concurrency: "unbounded"
      })
      for (const { told } of watches) assert.deepStrictEqual(told, ["leaves", "comes"])
    }))

  it.scopedLive("tells of no answer where there is none, and works where nobody watches", () =>
    Effect.gen(function*() {
      const { close, url } = yield* server((response) => void response.end("all"))
      assert.strictEqual(yield* get(url), "all")
      close()
      const seen = watch()
      yield* Effect.flip(Effect.provideService(get(url), AttemptWatch, seen))
      assert.deepStrictEqual(seen.told, ["leaves"])
    }))
})
