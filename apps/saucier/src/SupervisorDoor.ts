/**
 * The one public address before several gateways. It forwards connections and reads nothing of what they carry; each
 * new one goes to the next gateway in turn that is ready, so gateways can be replaced while callers come.
 */
import * as NodeListener from "@saucier/runtime/NodeListener"
import * as Data from "effect/Data"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as Ref from "effect/Ref"
import * as Schedule from "effect/Schedule"
import * as Net from "node:net"

class NobodyThere extends Data.TaggedError("NobodyThere") {}

export interface Options {
  readonly host: string
  readonly port: number
  /** Where a new connection may go, as `http://host:port`. */
  readonly gateways: Effect.Effect<ReadonlyArray<string>>
  /** How long a caller waits while there is none. */
  readonly patience: Duration.DurationInput
}

const detail = "No gateway is ready. Try again in a moment."
const body = JSON.stringify({
  type: "about:blank",
  title: "Service Unavailable",
  status: 503,
  detail,
  code: "unavailable",
  traceId: "",
  errors: []
})
const unavailable = [
  "HTTP/1.1 503 Service Unavailable",
  "content-type: application/problem+json",
  `content-length: ${Buffer.byteLength(body)}`,
  "retry-after: 1",
  "connection: close",
  "",
  body
].join("\r\n")

/** Each side may end what it says and still listen; who breaks off ends both. */
const join = (one: Net.Socket, other: Net.Socket) => {
  for (const [from, to] of [[one, other], [other, one]] as const) {
    from.pipe(to)
    from.once("error", () => to.destroy())
    from.once("close", () => {
      if (from.readableEnded) return
      to.destroy()
    })
  }
}

const connect = (gateway: string) =>
  Effect.async<Net.Socket, NobodyThere>((resume) => {
    const { hostname, port } = new URL(gateway)
    const socket = Net.connect({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true })
    const refused = () => resume(new NobodyThere())
    socket.once("error", refused)
    socket.once("connect", () => {
      socket.off("error", refused)
      resume(Effect.succeed(socket))
    })
    return Effect.sync(() => socket.destroy())
  })

export const open = ({ gateways, host, patience, port }: Options) =>
  Effect.gen(function*() {
    const turn = yield* Ref.make(0)
    const sockets = new Set<Net.Socket>()
    const kept = (socket: Net.Socket) => {
      sockets.add(socket)
      socket.once("close", () => sockets.delete(socket))
    }

    const next = Effect.gen(function*() {
      const all = yield* gateways
      if (all.length === 0) return yield* new NobodyThere()
      const first = (yield* Ref.getAndUpdate(turn, (n) => n + 1)) % all.length
      return yield* Effect.firstSuccessOf([...all.slice(first), ...all.slice(0, first)].map(connect))
    })
    const found = Effect.retry(next, Schedule.spaced("50 millis").pipe(Schedule.upTo(patience)))

    const forward = (caller: Net.Socket) =>
      Effect.match(found, {
        onFailure: () => {
          caller.resume()
          caller.end(unavailable)
        },
        onSuccess: (gateway) => {
          kept(gateway)
          if (caller.destroyed) gateway.destroy()
          else join(caller, gateway)
        }
      })

    const run = yield* FiberSet.makeRuntime<never>()
    const server = Net.createServer(
      { allowHalfOpen: true, noDelay: true, pauseOnConnect: true },
      (caller) => {
        kept(caller)
        caller.on("error", () => {})
        run(forward(caller))
      }
    )
    const address = yield* NodeListener.listen({ server }, host, port)
    yield* Effect.addFinalizer(() =>
      Effect.async<void>((resume) => {
        server.close(() => resume(Effect.void))
        for (const socket of sockets) socket.destroy()
      })
    )
    const shown = address.family === "IPv6" ? `[${address.address}]` : address.address
    return {
      url: `http://${shown}:${address.port}`,
      /** Takes no more callers; those who are there stay. */
      shut: Effect.sync(() => {
        server.close()
      })
    }
  })
