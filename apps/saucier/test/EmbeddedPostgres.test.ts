import { assert, describe, it } from "@effect/vitest"
import { probeOf } from "@saucier/app-saucier/EmbeddedPostgres"
import * as Effect from "effect/Effect"
import { once } from "node:events"
import { createServer, type Server } from "node:net"

const fields = ["SFATAL", "C57P03", "Mthe database system is starting up", ""]
const refusal = Buffer.from(fields.map((field) => `${field}\0`).join(""))
const length = Buffer.alloc(4)
length.writeInt32BE(refusal.length + 4)

const listening = (server: Server) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      server.listen(0, "127.0.0.1")
      await once(server, "listening")
      const address = server.address()
      assert(typeof address === "object" && address !== null)
      return `postgres://saucier@127.0.0.1:${address.port}/postgres`
    }),
    () => Effect.sync(() => server.close())
  )

const looked = (url: string) => Effect.all([probeOf(url).live, probeOf(url).ready])

describe("the supervisor's look at PostgreSQL", () => {
  it.scopedLive("takes one that recovers for alive, however long it does not serve", () =>
    Effect.gen(function*() {
      const server = createServer((socket) => {
        socket.on("error", () => {})
        socket.once("data", () => socket.end(Buffer.concat([Buffer.from("E"), length, refusal])))
      })
      const url = yield* listening(server)
      assert.deepStrictEqual(yield* looked(url), ["alive", false])
    }))

  it.scopedLive("knows one that is not there", () =>
    Effect.gen(function*() {
      const url = yield* Effect.scoped(listening(createServer()))
      assert.deepStrictEqual(yield* looked(url), ["absent", false])
    }))
})
