import { assert, describe, it } from "@effect/vitest"
import * as NodeListener from "@saucier/runtime/NodeListener"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Net from "node:net"

/** A connection, and the next answer on it; empty when it ends instead. */
const connect = (port: number) =>
  Effect.acquireRelease(
    Effect.async<Net.Socket>((resume) => {
      const socket = Net.connect(port, "127.0.0.1", () => resume(Effect.succeed(socket)))
      socket.on("error", () => {})
    }),
    (socket) => Effect.sync(() => socket.destroy())
  )
const ask = (socket: Net.Socket) =>
  Effect.async<string>((resume) => {
    socket.once("data", (chunk) => resume(Effect.succeed(String(chunk))))
    socket.once("close", () => resume(Effect.succeed("")))
    socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
  })

const listening = Effect.gen(function*() {
  const listener = NodeListener.make((_, response) => response.end("here"))
  const { port } = yield* NodeListener.listen(listener, "127.0.0.1", 0)
  return { listener, port }
})

describe("a server that closes", () => {
  it.scopedLive("answers a caller who asks once more on a connection that was idle when it began", () =>
    Effect.gen(function*() {
      const { listener, port } = yield* listening
      const kept = yield* connect(port)
      assert.include(yield* ask(kept), "here")
      const closing = yield* Effect.fork(NodeListener.close(listener, "1 minute", "30 seconds"))
      yield* Effect.sleep("100 millis")
      assert.include(yield* ask(kept), "here")
      kept.destroy()
      yield* Fiber.join(closing)
    }))

  it.scopedLive("drops connections on which nothing comes, and takes no new ones", () =>
    Effect.gen(function*() {
      const { listener, port } = yield* listening
      const kept = yield* connect(port)
      assert.include(yield* ask(kept), "here")
      const silent = yield* connect(port)
      const gone = Effect.all(
        [kept, silent].map((socket) =>
          Effect.async<void>((resume) => void socket.once("close", () => resume(Effect.void)))
        ),
        { concurrency: "unbounded" }
      )
      const waiting = yield* Effect.fork(gone)
      yield* Effect.yieldNow()
      yield* NodeListener.close(listener, "1 minute")
      yield* Fiber.join(waiting)
      const late = Net.connect(port, "127.0.0.1")
      const refused = yield* Effect.async<boolean>((resume) => {
        late.once("error", () => resume(Effect.succeed(true)))
        late.once("connect", () => resume(Effect.succeed(false)))
      })
      late.destroy()
      assert.isTrue(refused)
    }))

  it.scopedLive("at its deadline drops also whom it has not answered", () =>
    Effect.gen(function*() {
      const listener = NodeListener.make(() => {})
      const { port } = yield* NodeListener.listen(listener, "127.0.0.1", 0)
      const asking = yield* Effect.fork(ask(yield* connect(port)))
      yield* Effect.async<void>((resume) => void listener.server.once("request", () => resume(Effect.void)))
      yield* NodeListener.close(listener, "200 millis", "30 seconds")
      assert.strictEqual(yield* Fiber.join(asking), "")
    }))
})
