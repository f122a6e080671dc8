/** Stands between a store and its server, and can fall silent as a network does: connections stay, nothing arrives. */
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { connect, createServer, type Socket } from "node:net"

export const make = (url: Redacted.Redacted) =>
  Effect.acquireRelease(
    Effect.async<
      { readonly url: Redacted.Redacted; readonly silent: (on: boolean) => void; readonly close: () => void }
    >(
      (resume) => {
        const target = new URL(Redacted.value(url))
        const port = Number(target.port)
        const sockets = new Set<Socket>()
        let silent = false
        const server = createServer((near) => {
          const far = connect(port, target.hostname)
          for (const [from, to] of [[near, far], [far, near]] as const) {
            sockets.add(from)
            from.on("data", (data) => {
              if (!silent) to.write(data)
            })
            from.on("error", () => {})
            from.on("close", () => {
              sockets.delete(from)
              to.destroy()
            })
          }
        })
        server.listen(0, "127.0.0.1", () => {
          const address = server.address()
          assert(typeof address === "object" && address !== null)
          target.port = `${address.port}`
          resume(Effect.succeed({
            url: Redacted.make(target.href),
            silent: (on) => {
              silent = on
            },
            close: () => {
              server.close()
              for (const socket of sockets) socket.destroy()
            }
          }))
        })
      }
    ),
    ({ close }) => Effect.sync(close)
  )
