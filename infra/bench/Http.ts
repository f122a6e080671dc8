/** Requests over kept connections; node's own fetch would take a good part of the processor from what is measured. */
import * as Effect from "effect/Effect"
import * as Http from "node:http"
import { because, type Failure } from "./Failure.ts"

const agent = new Http.Agent({ keepAlive: true, maxSockets: 256 })

export interface Answer {
  readonly status: number
  readonly body: string
}

const request = (method: "GET" | "POST", url: URL, body = "") =>
  Effect.async<Answer, Failure>((resume) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) }
    const request = Http.request(
      url,
      { method, agent, ...(method === "POST" ? { headers } : {}) },
      (response) => {
        const chunks: Array<Buffer> = []
        response.on("data", (chunk: Buffer) => chunks.push(chunk))
        response.on("error", (error) => resume(Effect.fail(because(error.message))))
        response.on("end", () =>
          resume(
            Effect.succeed({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() })
          ))
      }
    )
    request.on("error", (error) => resume(Effect.fail(because(error.message))))
    request.end(body)
    return Effect.sync(() => request.destroy())
  }).pipe(Effect.timeoutFail({
    duration: "30 seconds",
    onTimeout: () => because(`${method} ${url.pathname} was not answered within 30 s`)
  }))

export const get = (url: URL) => request("GET", url)
export const post = (url: URL, body: string) => request("POST", url, body)
