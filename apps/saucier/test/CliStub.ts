/** A server that answers as it is told: for what a healthy system never shows. */
import * as Effect from "effect/Effect"
import * as Http from "node:http"

export interface Answer {
  readonly status: number
  readonly type?: string
  readonly body?: unknown
}

export const serve = (answer: (request: string, body: string) => Answer) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.promise(() => {
        const asked: Array<string> = []
        const server = Http.createServer((request, response) => {
          let body = ""
          request.on("data", (chunk: Buffer) => {
            body += chunk.toString()
          })
          request.on("end", () => {
            const line = `${request.method} ${request.url}`
            asked.push(`${line} ${body}`.trim())
            const { body: reply, status, type = "application/json" } = answer(line, body)
            response.writeHead(status, { "content-type": type })
            response.end(reply === undefined ? "" : JSON.stringify(reply))
          })
        })
        return new Promise<{ readonly server: Http.Server; readonly asked: ReadonlyArray<string> }>((
          resolve
        ) => server.listen(0, "127.0.0.1", () => resolve({ server, asked })))
      }),
      ({ server }) =>
        Effect.sync(() => {
          server.closeAllConnections()
          server.close()
        })
    ),
    ({ asked, server }) => {
      const address = server.address()
      const port = address === null || typeof address === "string" ? 0 : address.port
      return { asked, url: `http://127.0.0.1:${port}` }
    }
  )

/** A port at which nobody listens any more. */
export const nobody = Effect.scoped(Effect.map(serve(() => ({ status: 500 })), ({ url }) => url))

export const problem = (status: number): Answer => ({
  status,
  type: "application/problem+json",
  body: { type: "about:blank", title: "No", status, detail: "Not so", code: "no", traceId: "t", errors: [] }
})
