/** A network that misbehaves on demand: it stands between programs and the server that they believe to reach. */
import { listen } from "@saucier/runtime/NodeListener"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as Random from "effect/Random"
import * as Ref from "effect/Ref"
import * as Stream from "effect/Stream"
import * as Net from "node:net"
import { because, type Broken } from "./Broken.ts"

interface Pair {
  readonly caller: Net.Socket
  readonly server: Net.Socket
  /** The caller hears no more, not even that the server has gone. */
  forgotten: boolean
}

const host = "127.0.0.1"

const connect = (port: number) =>
  Effect.async<Net.Socket, Broken>((resume) => {
    const socket = Net.connect({ host, port, noDelay: true, allowHalfOpen: true })
    const refused = ({ message }: Error) => resume(because(message))
    socket.once("error", refused)
    socket.once("connect", () => {
      socket.off("error", refused)
      socket.on("error", () => {})
      resume(Effect.succeed(socket))
    })
    return Effect.sync(() => socket.destroy())
  })

const write = (to: Net.Socket, chunk: Uint8Array) =>
  Effect.async<void>((resume) => {
    to.write(chunk, () => resume(Effect.void))
  })

/** The end of what one side says leaves open what the other may say. */
const chunks = (from: Net.Socket): Stream.Stream<Uint8Array, Broken> =>
  Stream.fromAsyncIterable<Uint8Array, Broken>(
    from.iterator({ destroyOnReturn: false }),
    (error) => because(String(error))
  )

/** `target` is asked for the server's port whenever somebody comes. Gone with the scope. */
export const make = (target: Effect.Effect<number, Broken>) =>
  Effect.gen(function*() {
    const pairs = new Set<Pair>()
    const open = yield* Effect.makeLatch(true)
    const lag = yield* Ref.make<Duration.DurationInput>(0)

    const way = (from: Net.Socket, to: Net.Socket, pair: Pair) =>
      chunks(from).pipe(
        Stream.runForEach((chunk) =>
          Effect.flatMap(Ref.get(lag), Effect.sleep).pipe(
            Effect.zipRight(open.await),
            Effect.zipRight(Effect.suspend(() => pair.forgotten ? Effect.void : write(to, chunk)))
          )
        ),
        Effect.match({
          onSuccess: () => pair.forgotten || to.end(),
          onFailure: () => pair.forgotten || to.resetAndDestroy()
        })
      )

    const carry = (caller: Net.Socket) =>
      Effect.gen(function*() {
        yield* open.await
        const server = yield* Effect.flatMap(target, connect)
        const pair: Pair = { caller, server, forgotten: false }
        pairs.add(pair)
        yield* Effect.all([way(caller, server, pair), way(server, caller, pair)], { concurrency: 2 })
        if (!pair.forgotten) pairs.delete(pair)
      }).pipe(Effect.catchAll(() => Effect.sync(() => caller.resetAndDestroy())))

    const run = yield* FiberSet.makeRuntime<never>()
    const callers = new Set<Net.Socket>()
    const server = Net.createServer({ noDelay: true, allowHalfOpen: true }, (caller) => {
      callers.add(caller)
      caller.on("error", () => {})
      caller.once("close", () => callers.delete(caller))
      run(carry(caller))
    })
    const { port } = yield* Effect.mapError(listen({ server }, host, 0), ({ message }) => because(message))
    yield* Effect.addFinalizer(() =>
      Effect.async<void>((resume) => {
        server.close(() => resume(Effect.void))
        for (const caller of callers) caller.destroy()
        for (const { server } of pairs) server.destroy()
      })
    )

    /** Each connection is among them with this chance. */
    const some = (share: number) =>
      Effect.filter([...pairs].filter(({ forgotten }) => !forgotten), () =>
        Effect.map(Random.next, (drawn) => drawn < share))

    return {
      port,
      /** Breaks connections off, as a router does that starts again; tells how many. */
      cut: (share: number) =>
        Effect.map(some(share), (struck) => {
          for (const { caller, server } of struck) {
            caller.resetAndDestroy()
            server.resetAndDestroy()
          }
          return struck.length
        }),
      /** The server loses connections, and the callers are not told: theirs stay open and silent. Tells how many. */
      forget: (share: number) =>
        Effect.map(some(share), (struck) => {
          for (const pair of struck) {
            pair.forgotten = true
            pair.server.resetAndDestroy()
          }
          return struck.length
        }),
      /** Until the scope ends no byte passes, in connections that are there and new ones; then all that was sent arrives. */
      stalled: Effect.acquireRelease(open.close, () =>
        open.open),
      /** Until the scope ends all that is sent arrives later. */
      slow: (by: Duration.DurationInput) => Effect.acquireRelease(Ref.set(lag, by), () => Ref.set(lag, 0))
    }
  })
export type TcpProxy = Effect.Effect.Success<ReturnType<typeof make>>
