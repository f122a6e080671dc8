/** Connections between simulated processes, under the real protocols: only the bytes' way is simulated. */
import * as Socket from "@effect/platform/Socket"
import * as SocketServer from "@effect/platform/SocketServer"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as Queue from "effect/Queue"
import type { Network } from "./Network.ts"
import type { World } from "./World.ts"

type Frame = { readonly _tag: "Bytes"; readonly bytes: Uint8Array | string } | { readonly _tag: "Closed" }

interface Endpoint {
  readonly process: string
  readonly frames: Queue.Queue<Frame>
  readonly write: (bytes: Uint8Array | string) => boolean
  readonly close: () => void
}

interface Listener {
  readonly process: string
  readonly accept: (endpoint: Endpoint) => void
}

export interface Sockets {
  readonly connect: (process: string, address: string) => Effect.Effect<Socket.Socket>
  readonly listen: (process: string, address: string) => SocketServer.SocketServer["Type"]
  /** The system closes what a dead process had open. */
  readonly ended: (process: string) => void
  /** Both ends of all connections between two hosts find them broken. */
  readonly reset: (a: string, b: string) => void
}

/** `order-1#2` runs on the host `order-1`. */
export const hostOf = (process: string): string => process.split("#")[0] ?? process

const openTimeout = 1000

const closed: Frame = { _tag: "Closed" }

const failed = (reason: "Open" | "OpenTimeout" | "Write" | "Read") =>
  new Socket.SocketGenericError({ reason, cause: new Error("a simulated connection") })

/** Frames are handled one after the other. It ends when the other side closes, and closes when it ends. */
const serve = <A, E, R>(
  endpoint: Endpoint,
  handler: (bytes: Uint8Array | string) => Effect.Effect<A, E, R> | void
): Effect.Effect<void, Socket.SocketError | E, R> => {
  const next: Effect.Effect<void, Socket.SocketError | E, R> = Effect.flatMap(
    Queue.take(endpoint.frames),
    (frame) => {
      if (frame._tag === "Closed") {
        return Effect.fail(new Socket.SocketCloseError({ reason: "Close", code: 1006 }))
      }
      const handled = handler(frame.bytes)
      return Effect.isEffect(handled) ? Effect.zipRight(handled, next) : next
    }
  )
  return Effect.ensuring(next, Effect.sync(endpoint.close))
}

const socketOf = (open: Effect.Effect<Endpoint, Socket.SocketError>): Socket.Socket => {
  let current: Endpoint | undefined
  const opened = Effect.unsafeMakeLatch(false)
  const runRaw: Socket.Socket["runRaw"] = (handler, options) =>
    Effect.scoped(Effect.gen(function*() {
      const endpoint = yield* open
      current = endpoint
      opened.unsafeOpen()
      yield* options?.onOpen ?? Effect.void
      return yield* Effect.ensuring(
        serve(endpoint, handler),
        Effect.sync(() => {
          current = undefined
          opened.unsafeClose()
        })
      )
    }))
  const encoder = new TextEncoder()
  return {
    [Socket.TypeId]: Socket.TypeId,
    runRaw,
    run: (handler, options) =>
      runRaw((bytes) => handler(typeof bytes === "string" ? encoder.encode(bytes) : bytes), options),
    writer: Effect.succeed((chunk) =>
      Effect.zipRight(
        opened.await,
        Effect.suspend(() => {
          if (Socket.isCloseEvent(chunk)) return Effect.sync(() => current?.close())
          return current?.write(chunk) === true ? Effect.void : failed("Write")
        })
      )
    )
  }
}

export const make = (world: World, network: Network): Sockets => {
  const listeners = new Map<string, Listener>()
  const connections = new Set<{ readonly ends: readonly [string, string]; readonly break: () => void }>()

  const connectionOf = (a: string, b: string): readonly [Endpoint, Endpoint] => {
    const lines = [network.line(hostOf(a), hostOf(b)), network.line(hostOf(b), hostOf(a))] as const
    const queues = [
      Effect.runSync(Queue.unbounded<Frame>()),
      Effect.runSync(Queue.unbounded<Frame>())
    ] as const
    let open = true
    const end = (process: string, own: 0 | 1): Endpoint => {
      const other = own === 0 ? 1 : 0
      return {
        process,
        frames: queues[own],
        write: (bytes) => {
          if (open) lines[own](() => open && queues[other].unsafeOffer({ _tag: "Bytes", bytes }))
          return open
        },
        close: () => {
          connections.delete(connection)
          lines[own](() => {
            open = false
            queues[other].unsafeOffer(closed)
          })
        }
      }
    }
    const connection = {
      ends: [a, b] as const,
      break: () => {
        open = false
        for (const queue of queues) queue.unsafeOffer(closed)
      }
    }
    connections.add(connection)
    return [end(a, 0), end(b, 1)]
  }

  const dial = (process: string, address: string) =>
    Effect.async<Endpoint, Socket.SocketError>((resume) => {
      const [host = address] = address.split(":")
      let waiting = true
      const answer = (result: Effect.Effect<Endpoint, Socket.SocketError>) => {
        if (waiting) resume(result)
        waiting = false
      }
      const back = network.line(host, hostOf(process))
      network.line(hostOf(process), host)(() => {
        const listener = listeners.get(address)
        back(() => {
          if (listener === undefined || !world.isAlive(listener.process)) return answer(failed("Open"))
          if (!waiting) return
          const [here, there] = connectionOf(process, listener.process)
          listener.accept(there)
          answer(Effect.succeed(here))
        })
      })
      const timer = world.after(openTimeout, () => answer(failed("OpenTimeout")))
      return Effect.sync(() => {
        waiting = false
        timer.cancelled = true
      })
    })

  return {
    connect: (process, address) => Effect.sync(() => socketOf(dial(process, address))),
    listen: (process, address) => {
      const [hostname = address, port = "0"] = address.split(":")
      return {
        address: { _tag: "TcpAddress", hostname, port: Number(port) },
        run: (handler) =>
          Effect.scoped(Effect.gen(function*() {
            const fork = yield* FiberSet.makeRuntime<Effect.Effect.Context<ReturnType<typeof handler>>>()
            yield* Effect.acquireRelease(
              Effect.sync(() =>
                listeners.set(address, {
                  process,
                  accept: (endpoint) => fork(handler(socketOf(Effect.succeed(endpoint))))
                })
              ),
              () => Effect.sync(() => listeners.delete(address))
            )
            return yield* Effect.never
          }))
      }
    },
    ended: (process) => {
      for (const [address, listener] of listeners) if (listener.process === process) listeners.delete(address)
      for (const connection of connections) {
        const [a, b] = connection.ends
        if (a !== process && b !== process) continue
        connections.delete(connection)
        network.line(hostOf(process), hostOf(a === process ? b : a))(connection.break)
      }
    },
    reset: (a, b) => {
      for (const connection of connections) {
        const hosts = new Set(connection.ends.map(hostOf))
        if (hosts.has(a) && hosts.has(b)) connection.break()
      }
    }
  }
}
