/** Follows the contract of a service's process, and misbehaves when told to. */
import { createServer } from "node:http"
import process from "node:process"

const { SAUCIER_HTTP_PORT = "0", TOY = "{}" } = process.env
const { calls = 0, exit, name = "toy", readyAfter = 0, stubborn = false } = JSON.parse(TOY)

if (exit !== undefined) process.exit(exit)

let draining = false
let orders = 0
const born = performance.now()
const answers = {
  "/livez": () => [200, "alive"],
  "/readyz": () => draining || performance.now() - born < readyAfter ? [503, "not ready"] : [200, "ready"],
  "/metrics": () => [200, `saucier_shards_owned 7\nsaucier_orders_registered_total{a="b"} ${orders}\nprocess_resident_memory_bytes 42\nprocess_cpu_seconds_total 1\nbulkhead_running ${calls - 4}\nbulkhead_waiting 4\n`],
  "/hang": () => {
    for (;;);
  },
  "/exit": () => process.exit(3),
  "/settings": () => [200, JSON.stringify(process.env)]
}
const server = createServer((request, response) => {
  const chunks = []
  request.on("data", (chunk) => chunks.push(chunk))
  request.on("end", () => {
    orders++
    const [status, text] = answers[request.url]?.() ?? [200, `${name} ${process.pid} ${Buffer.concat(chunks)}`]
    response.writeHead(status, draining ? { connection: "close" } : {}).end(text)
  })
})
server.listen(Number(SAUCIER_HTTP_PORT), "127.0.0.1", () => {
  console.log(`${name} is ready at http://127.0.0.1:${server.address().port}`)
})
process.on("SIGTERM", () => {
  console.log(`${name} was asked to end`)
  if (stubborn) return
  draining = true
  setTimeout(() => {
    server.close(() => process.exit(0))
    server.closeIdleConnections()
  }, 300)
})
