import * as DocsHttp from "@saucier/runtime/DocsHttp"
import * as Draining from "@saucier/runtime/Draining"
import * as Health from "@saucier/runtime/Health"
import * as HealthHttp from "@saucier/runtime/HealthHttp"
import * as HttpRuntime from "@saucier/runtime/HttpRuntime"
import * as MetricsHttp from "@saucier/runtime/MetricsHttp"
import { Problem } from "@saucier/runtime/Problem"
import * as ProblemTitles from "@saucier/runtime/ProblemTitles"
import * as ProcessMetrics from "@saucier/runtime/ProcessMetrics"
import * as SseStreams from "@saucier/runtime/SseStreams"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as Net from "node:net"
import { toyLayer } from "./Toy.ts"

const titles = {
  en: { "basket-not-found": "No such basket" },
  ko: { "basket-not-found": "바구니를 찾을 수 없습니다" }
}

/** The toy API on a free port, with everything a process offers besides. */
export const served = (options: { readonly port?: number; readonly streams?: number } = {}) =>
  HttpRuntime.serve({ host: "127.0.0.1", port: options.port ?? 0 }).pipe(
    Layer.provide([HealthHttp.routes, MetricsHttp.routes, DocsHttp.routes]),
    Layer.provide(toyLayer),
    Layer.provide([ProblemTitles.layer(titles), ProcessMetrics.layer({ version: "1.2.3" })]),
    Layer.provideMerge(Layer.mergeAll(Draining.layer, Health.layer, SseStreams.layer(options.streams ?? 2)))
  )

export const request = (path: string, init?: RequestInit) =>
  Effect.gen(function*() {
    const { url } = yield* HttpRuntime.HttpAddress
    return yield* Effect.promise(() => fetch(url + path, init))
  })

export const json = (path: string, method: string, body: unknown, headers: Record<string, string> = {}) =>
  request(path, {
    method,
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers }
  })

/** The problem of an answer, which must be one. */
export const problemOf = (response: Response) =>
  Effect.gen(function*() {
    const body: unknown = yield* Effect.promise(() => response.json())
    return yield* Schema.decodeUnknown(Problem, { onExcessProperty: "error" })(body)
  })

export const connect = Effect.gen(function*() {
  const { port } = yield* HttpRuntime.HttpAddress
  return yield* Effect.acquireRelease(
    Effect.async<Net.Socket>((resume) => {
      const socket = Net.connect(port, "127.0.0.1", () => resume(Effect.succeed(socket)))
      socket.on("error", () => {})
    }),
    (socket) => Effect.sync(() => socket.destroy())
  )
})

/** What the server says to these bytes until it closes the connection. */
export const raw = (bytes: string) =>
  Effect.flatMap(connect, (socket) =>
    Effect.async<string>((resume) => {
      let answer = ""
      socket.setEncoding("utf8")
      socket.on("data", (chunk) => answer += chunk)
      socket.on("close", () => resume(Effect.succeed(answer)))
      socket.write(bytes)
    }))
