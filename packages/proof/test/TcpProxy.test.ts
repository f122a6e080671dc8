import { assert, describe, it } from "@effect/vitest"
import * as TcpProxy from "@saucier/proof/TcpProxy"
import * as Effect from "effect/Effect"
import { once } from "node:events"
import * as Net from "node:net"

/** Sends back what it gets. */
const echo = Effect.gen(function*() {
  const sockets = new Set<Net.Socket>()
  const server = Net.createServer((socket) => {
    sockets.add(socket)
    socket.on("error", () => {})
    socket.once("close", () => sockets.delete(socket))
    socket.pipe(socket)
  }).listen(0, "127.0.0.1")
  yield* Effect.promise(() => once(server, "listening"))
  yield* Effect.addFinalizer(() =>
    Effect.sync(() => {
      server.close()
      for (const socket of sockets) socket.destroy()
    })
  )
  const address = server.address()
  assert(typeof address === "object" && address !== null)
  return { port: address.port, sockets }
})

const caller = (port: number) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const socket = Net.connect(port, "127.0.0.1")
      const heard: Array<Buffer> = []
      let broken = ""
      socket.on("data", (chunk: Buffer) => heard.push(chunk))
      socket.on("error", ({ message }) => broken = message)
      await once(socket, "connect")
      return { socket, heard: () => Buffer.concat(heard), broken: () => broken }
    }),
    ({ socket }) => Effect.sync(() => socket.destroy())
  )

const until = (wished: () => boolean): Effect.Effect<void> =>
  Effect.suspend(() => wished() ? Effect.void : Effect.delay(until(wished), "5 millis"))

const placed = Effect.gen(function*() {
  const server = yield* echo
  const proxy = yield* TcpProxy.make(Effect.succeed(server.port))
  /** One that has been through once, so that both its ends are connected. */
  const known = Effect.gen(function*() {
    const one = yield* caller(proxy.port)
    one.socket.write("!")
    yield* until(() => `${one.heard()}` === "!")
    return one
  })
  return { server, proxy, known }
})

describe("a proxy between a caller and a server", () => {
  it.scopedLive("carries all bytes both ways, in order, and passes on that a side has ended", () =>
    Effect.gen(function*() {
      const { proxy, server } = yield* placed
      const one = yield* caller(proxy.port)
      const sent = Buffer.alloc(1_000_000, "some words that are sent again and again")
      one.socket.end(sent)
      yield* Effect.promise(() => once(one.socket, "close"))
      assert.isTrue(one.heard().equals(sent))
      yield* until(() => server.sockets.size === 0)
    }))

  it.scopedLive("breaks off what it is told to on both sides, and takes new callers", () =>
    Effect.gen(function*() {
      const { known, proxy, server } = yield* placed
      const [one, two] = [yield* known, yield* known]
      assert.strictEqual(yield* proxy.cut(0), 0)
      assert.strictEqual(server.sockets.size, 2)
      assert.strictEqual(yield* proxy.cut(1), 2)
      yield* until(() => one.broken() !== "" && two.broken() !== "")
      assert.match(one.broken(), /ECONNRESET/)
      yield* until(() => server.sockets.size === 0)
      yield* known
    }))

  it.scopedLive("lets no byte pass while it is stalled, and then all of them", () =>
    Effect.gen(function*() {
      const { known, proxy } = yield* placed
      const one = yield* known
      const late = yield* Effect.scoped(Effect.gen(function*() {
        yield* proxy.stalled
        one.socket.write("a")
        const late = yield* Effect.promise(async () => {
          const socket = Net.connect(proxy.port, "127.0.0.1")
          await once(socket, "connect")
          return socket
        })
        late.write("b")
        one.socket.write("c")
        yield* Effect.sleep("300 millis")
        assert.strictEqual(`${one.heard()}`, "!")
        assert.isNull(late.read())
        return late
      }))
      yield* until(() => `${one.heard()}` === "!ac")
      let answer = ""
      late.on("data", (chunk: Buffer) => answer += chunk)
      yield* until(() => answer === "b")
      late.destroy()
    }))

  it.scopedLive("lets bytes come later while it is slow", () =>
    Effect.gen(function*() {
      const { known, proxy } = yield* placed
      const one = yield* known
      yield* Effect.scoped(Effect.gen(function*() {
        yield* proxy.slow("100 millis")
        const since = performance.now()
        one.socket.write("a")
        yield* until(() => `${one.heard()}` === "!a")
        // There and back.
        assert.isAtLeast(performance.now() - since, 195)
      }))
    }))

  it.scopedLive("leaves a caller open and without an answer whose connection the server has lost", () =>
    Effect.gen(function*() {
      const { known, proxy, server } = yield* placed
      const one = yield* known
      assert.strictEqual(yield* proxy.forget(1), 1)
      yield* until(() => server.sockets.size === 0)
      one.socket.write("a")
      yield* known
      assert.strictEqual(`${one.heard()}`, "!")
      assert.deepStrictEqual([one.broken(), one.socket.destroyed], ["", false])
      assert.strictEqual(yield* proxy.cut(1), 1)
    }))

  it.scopedLive("breaks off who comes while there is no server", () =>
    Effect.gen(function*() {
      const proxy = yield* TcpProxy.make(Effect.succeed(1))
      const one = yield* caller(proxy.port)
      yield* until(() => one.socket.destroyed)
    }))
})
