import * as Effect from "effect/Effect"
import { createServer } from "node:net"

/** Ports that were given away and may not be taken yet. */
const given = new Set<number>()

const ask = Effect.async<number>((resume) => {
  const server = createServer()
  server.once("error", (error) => resume(Effect.die(error)))
  server.listen({ host: "127.0.0.1", port: 0 }, () => {
    const address = server.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    server.close(() => resume(Effect.succeed(port)))
  })
})

/** A port of the loopback interface that is free now. Somebody may be faster; then its taker fails and is given another. */
export const free: Effect.Effect<number> = Effect.tap(
  Effect.repeat(ask, { until: (port) => !given.has(port) }),
  (port) =>
    Effect.sync(() => {
      if (given.size > 1000) given.clear()
      given.add(port)
    })
)
