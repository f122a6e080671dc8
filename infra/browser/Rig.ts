/** A server before the real one that has a hundred thousand orders, and brings so many new ones a second. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { once } from "node:events"
import { createServer, request, type ServerResponse } from "node:http"

export const size = 100_000
const page = 200
const tick = 50
/** As the real one speaks where it has nothing to tell: a page that hears nothing for long connects anew and reads all again. */
const heartbeat = 10_000

/** Ids rise with `n`, as those of real orders do with time. */
const rowOf = (n: number, updatedAt: string) => ({
  orderId: `ord_01h${String(n).padStart(23, "0")}`,
  branchId: `${n % 40}`,
  sauceId: `${n % 12}`,
  qty: (n % 20) + 1,
  price: ((n % 90) + 10) * 1_000,
  orderStatus: "Preparing",
  paymentStatus: "Captured",
  deliveryStatus: "Preparing",
  state: "Preparing",
  updatedAt
})

const now = () => DateTime.formatIso(DateTime.unsafeMake(performance.timeOrigin + performance.now()))

const listed = (query: URLSearchParams) => {
  const cursor = query.get("cursor") ?? ""
  const from = cursor === "" ? size : Number(cursor.slice("ord_01h".length)) - 1
  const items = Array.from({ length: Math.min(page, from) }, (_, index) => rowOf(from - index, now()))
  return { items, nextCursor: from > page ? items.at(-1)?.orderId ?? null : null }
}

const json = (response: ServerResponse, value: unknown) => {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value))
}

/** `flow(rate)` sets how many orders come a second. */
export const start = (base: string) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const readers = new Set<ServerResponse>()
      let rate = 0
      let seq = 0
      let owed = 0
      const timer = setInterval(() => {
        owed += (rate * tick) / 1000
        let text = ""
        for (; owed >= 1; owed--) {
          seq++
          text += `id: ${seq}\nevent: order\ndata: ${JSON.stringify(rowOf(size + seq, now()))}\n\n`
        }
        if (text !== "") { for (const reader of readers) reader.write(text) }
      }, tick)
      const heart = setInterval(() => {
        for (const reader of readers) reader.write(": \n\n")
      }, heartbeat)
      const server = createServer((asked, response) => {
        const url = new URL(asked.url ?? "/", base)
        if (url.pathname === "/orderDashboards") return json(response, listed(url.searchParams))
        if (url.pathname === "/feed") {
          response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" })
          response.write(": \n\n")
          readers.add(response)
          return response.on("close", () => readers.delete(response))
        }
        const passed = request(
          url,
          { method: asked.method, headers: { ...asked.headers, host: url.host } },
          (answer) => {
            response.writeHead(answer.statusCode ?? 502, answer.headers)
            answer.pipe(response)
          }
        )
        passed.on("error", () => response.destroy())
        return asked.pipe(passed)
      }).listen(0, "127.0.0.1")
      await once(server, "listening")
      const address = server.address()
      const port = typeof address === "object" && address !== null ? address.port : 0
      return {
        url: `http://127.0.0.1:${port}`,
        flow: (next: number) => {
          rate = next
        },
        end: () => {
          clearInterval(timer)
          clearInterval(heart)
          server.closeAllConnections()
          server.close()
        }
      }
    }),
    ({ end }) => Effect.sync(end)
  )
