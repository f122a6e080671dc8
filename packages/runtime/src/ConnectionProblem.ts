/** Answers what Node's parser refuses before there is a request: bad framing, huge headers, slow senders. */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import type * as Http from "node:http"
import type { Duplex } from "node:stream"
import { contentType } from "./Problem.ts"
import type { Problem } from "./Problem.ts"
import * as ProblemTitles from "./ProblemTitles.ts"

const kindOf = (code: string | undefined) => {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return { status: 431, reason: "Request Header Fields Too Large", code: "headers-too-large" } as const
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return { status: 408, reason: "Request Timeout", code: "request-timeout" } as const
    default:
      return { status: 400, reason: "Bad Request", code: "bad-request" } as const
  }
}

const newTraceId = Effect.map(
  Effect.replicateEffect(Random.nextIntBetween(0, 16), 32),
  (digits) => digits.map((digit) => digit.toString(16)).join("")
)

const answer = (code: string | undefined) =>
  Effect.gen(function*() {
    const kind = kindOf(code)
    const traceId = yield* newTraceId
    const title = ProblemTitles.titleOf(yield* ProblemTitles.ProblemTitles, "en", kind.code)
    yield* Effect.logDebug("A connection was refused").pipe(Effect.annotateLogs({ traceId, code }))
    const problem: Problem = {
      type: `/problems/${kind.code}`,
      title,
      status: kind.status,
      detail: title,
      code: kind.code,
      traceId,
      errors: []
    }
    const body = JSON.stringify(problem)
    return [
      `HTTP/1.1 ${kind.status} ${kind.reason}`,
      `content-type: ${contentType}`,
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${traceId}`,
      "connection: close",
      "",
      body
    ].join("\r\n")
  })

/** A listener for Node's `clientError`. */
export const make =
  (run: <A>(effect: Effect.Effect<A>) => A) => (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy()
    socket.end(run(answer(error.code)))
  }

export type ClientErrorListener = (error: NodeJS.ErrnoException, socket: Duplex) => void
export const attach = (server: Http.Server, listener: ClientErrorListener) =>
  server.on("clientError", listener)
