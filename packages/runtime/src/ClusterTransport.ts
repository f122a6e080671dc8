/**
 * How processes of a cluster talk: sockets that wait for nothing. The library's own leave Nagle's algorithm on, which costs
 * a streamed chunk some 90 ms. A socket pings, so that a runner which went silent is noticed.
 */
import * as Runners from "@effect/cluster/Runners"
import * as NodeSocket from "@effect/platform-node/NodeSocket"
import * as NodeSocketServer from "@effect/platform-node/NodeSocketServer"
import { Socket } from "@effect/platform/Socket"
import * as RpcClient from "@effect/rpc/RpcClient"
import { RpcClientError } from "@effect/rpc/RpcClientError"
import { RpcSerialization } from "@effect/rpc/RpcSerialization"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import { ExitCode } from "./ExitCode.ts"
import { Settings } from "./Settings.ts"

/** Other processes could not reach this one. */
export class RunnerListenFailed extends Schema.TaggedError<RunnerListenFailed>()("RunnerListenFailed", {
  host: Schema.String,
  port: Schema.Int,
  code: Schema.String
}) {
  readonly exitCode = ExitCode.unavailable
  override get message() {
    return `Cannot listen for the cluster on ${this.host}:${this.port} (${this.code}). ` +
      "Choose another address with SAUCIER_RUNNER_PORT and SAUCIER_RUNNER_LISTEN_HOST."
  }
}

const codeOf = (cause: unknown) =>
  Predicate.hasProperty(cause, "code") && Predicate.isString(cause.code) ? cause.code : String(cause)

export const server = Layer.unwrapEffect(
  Effect.map(Settings, ({ runnerListenHost: host, runnerPort: port }) =>
    Layer.mapError(
      NodeSocketServer.layer({ host, port, noDelay: true }),
      ({ cause }) => new RunnerListenFailed({ host, port, code: codeOf(cause) })
    ))
)

/** A connection that breaks under a request is a runner that cannot be reached, where the library dies of it. */
const breakable = (protocol: RpcClient.Protocol["Type"]): RpcClient.Protocol["Type"] => ({
  ...protocol,
  send: (request, transferables) =>
    Effect.catchAllDefect(
      protocol.send(request, transferables),
      (cause) => new RpcClientError({ reason: "Protocol", message: "The connection broke", cause })
    )
})

export const client: Layer.Layer<Runners.RpcClientProtocol, never, RpcSerialization> = Layer.effect(
  Runners.RpcClientProtocol,
  Effect.map(RpcSerialization, (serialization) => ({ host, port }) =>
    Effect.gen(function*() {
      const socket = yield* NodeSocket.makeNet({ host, port, noDelay: true, openTimeout: "1 second" })
      return breakable(
        yield* RpcClient.makeProtocolSocket().pipe(
          Effect.provideService(Socket, socket),
          Effect.provideService(RpcSerialization, serialization)
        )
      )
    }).pipe(Effect.orDie))
)
