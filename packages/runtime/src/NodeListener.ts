/** The Node server: its limits (reliability: slow senders, idle sockets, oversized headers) and its end. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Http from "node:http"
import * as Net from "node:net"
import { ExitCode } from "./ExitCode.ts"
import { NodeResponse } from "./NodeResponse.ts"

/** The address is taken, or may not be used. */
export class ListenFailed extends Schema.TaggedError<ListenFailed>()("ListenFailed", {
  host: Schema.String,
  port: Schema.Int,
  code: Schema.String
}) {
  readonly exitCode = ExitCode.unavailable
  override get message() {
    const remedy = "Choose another with SAUCIER_HTTP_PORT and SAUCIER_HTTP_HOST."
    switch (this.code) {
      case "EADDRINUSE":
        return `Port ${this.port} on ${this.host} is in use by another process. Stop it, or choose another with SAUCIER_HTTP_PORT.`
      case "EACCES":
        return `Port ${this.port} needs rights that this process has not. ${remedy}`
      default:
        return `Cannot listen on ${this.host}:${this.port} (${this.code}). ${remedy}`
    }
  }
}

export const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  /** Longer than the idle timeout of usual load balancers, so that they, not we, close first. */
  keepAliveTimeout: 72_000,
  maxHeaderSize: 8_192,
  maxConnections: 10_000
} as const

/** A server that does not listen yet, and its connections with how many of their requests are not answered. */
export const make = (onRequest: Http.RequestListener) => {
  const { maxConnections, ...options } = limits
  const server = Http.createServer({ ...options, ServerResponse: NodeResponse }, onRequest)
  server.maxConnections = maxConnections
  const connections = new Map<Net.Socket, number>()
  const add = (socket: Net.Socket, count: number) => {
    const before = connections.get(socket)
    if (before !== undefined) connections.set(socket, before + count)
  }
  server.on("connection", (socket: Net.Socket) => {
    connections.set(socket, 0)
    socket.once("close", () => connections.delete(socket))
  })
  server.on("request", ({ socket }: Http.IncomingMessage, response: Http.ServerResponse) => {
    add(socket, 1)
    response.once("close", () => add(socket, -1))
  })
  return { server, connections }
}

export type NodeListener = ReturnType<typeof make>

export const listen = ({ server }: { readonly server: Net.Server }, host: string, port: number) =>
  Effect.async<Net.AddressInfo, ListenFailed>((resume) => {
    const onError = (error: NodeJS.ErrnoException) =>
      resume(Effect.fail(new ListenFailed({ host, port, code: error.code ?? error.message })))
    server.once("error", onError)
    server.listen({ host, port }, () => {
      server.off("error", onError)
      const address = server.address()
      resume(
        address === null || typeof address === "string"
          ? Effect.die(new Error("A TCP server has an address"))
          : Effect.succeed(address)
      )
    })
  })

/**
 * Takes no more connections, lets requests finish, drops connections on which nothing has come for a while; at the deadline
 * drops all. A caller may have asked again before it can hear that we close, and what it sent may not be read yet: only
 * `idlePatience` tells an idle connection from such a one. Node's own `close` drops idle ones at once.
 */
export const close = (
  { connections, server }: NodeListener,
  deadline: Duration.DurationInput,
  idlePatience: Duration.DurationInput = "300 millis"
) =>
  Effect.gen(function*() {
    let closed = false
    Net.Server.prototype.close.call(server, () => closed = true)
    const nanos = (duration: Duration.DurationInput) => Option.getOrElse(Duration.toNanos(duration), () => 0n)
    const end = (yield* Clock.currentTimeNanos) + nanos(deadline)
    const patience = nanos(idlePatience)
    const heard = new Map<Net.Socket, { readonly bytes: number; readonly at: bigint }>()
    const sweep = Effect.map(Clock.currentTimeNanos, (now) => {
      if (now >= end) server.closeAllConnections()
      for (const [socket, unanswered] of connections) {
        const last = heard.get(socket)
        if (unanswered > 0 || last?.bytes !== socket.bytesRead) {
          heard.set(socket, { bytes: socket.bytesRead, at: now })
        } else if (now - last.at >= patience) socket.destroy()
      }
    })
    // A finalizer cannot be interrupted, so it polls where a race would wait for its loser.
    yield* Effect.repeat(sweep, { schedule: Schedule.spaced("20 millis"), until: () => closed })
    // For the timer with which Node checks connections.
    server.close()
  })
