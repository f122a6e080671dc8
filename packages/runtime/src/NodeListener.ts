/** The Node server: its limits (reliability: slow senders, idle sockets, oversized headers) and its end. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Http from "node:http"
import type * as Net from "node:net"
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

/** A server that does not listen yet, and those of its sockets that never asked for anything (browsers open such ahead). */
export const make = (onRequest: Http.RequestListener) => {
  const { maxConnections, ...options } = limits
  const server = Http.createServer({ ...options, ServerResponse: NodeResponse }, onRequest)
  server.maxConnections = maxConnections
  const silent = new Set<Net.Socket>()
  server.on("connection", (socket: Net.Socket) => {
    silent.add(socket)
    socket.once("close", () => silent.delete(socket))
  })
  server.on("request", (request: Http.IncomingMessage) => silent.delete(request.socket))
  return { server, silent }
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

/** Takes no more connections, lets requests finish, drops idle connections; at the deadline drops all. */
export const close = ({ server, silent }: NodeListener, deadline: Duration.DurationInput) =>
  Effect.gen(function*() {
    let closed = false
    server.close(() => closed = true)
    const end = (yield* Clock.currentTimeNanos) + Option.getOrElse(Duration.toNanos(deadline), () => 0n)
    // A socket that has just come may hold a request that is not read yet.
    const heard = (yield* Clock.currentTimeNanos) + 300_000_000n
    const sweep = Effect.map(Clock.currentTimeNanos, (now) => {
      if (now >= end) server.closeAllConnections()
      server.closeIdleConnections()
      if (now >= heard) { for (const socket of silent) socket.destroy() }
    })
    // A finalizer cannot be interrupted, so it polls where a race would wait for its loser.
    yield* Effect.repeat(sweep, { schedule: Schedule.spaced("20 millis"), until: () => closed })
  })
