import { assert, describe, it } from "@effect/vitest"
import * as LoopbackPort from "@saucier/runtime/LoopbackPort"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { createServer } from "node:net"

const listening = (port: number) =>
  Effect.acquireRelease(
    Effect.async<ReturnType<typeof createServer>>((resume) => {
      const server = createServer().listen(port, "127.0.0.1", () => resume(Effect.succeed(server)))
    }),
    (server) => Effect.async<void>((resume) => void server.close(() => resume(Effect.void)))
  )

describe("a port of the loopback interface", () => {
  it.scopedLive("is none that outgoing connections are given, nor one that is in use", () =>
    Effect.gen(function*() {
      const port = yield* LoopbackPort.free
      assert.isAbove(port, 9_999)
      assert.isBelow(port, 32_768)
      assert.isTrue(yield* LoopbackPort.isFree(port))
      yield* listening(port)
      assert.isFalse(yield* LoopbackPort.isFree(port))
    }))

  it.scopedLive("is drawn again where somebody has it", () =>
    Effect.gen(function*() {
      const taken = yield* Effect.withRandom(LoopbackPort.free, Random.fixed([20_001]))
      yield* listening(taken)
      const other = yield* Effect.withRandom(LoopbackPort.free, Random.fixed([taken, taken, 20_002]))
      assert.notStrictEqual(other, taken)
    }))
})
