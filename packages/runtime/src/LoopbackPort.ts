/** Ports of the loopback interface for whoever has to name one before it is listened to. */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { createServer } from "node:net"

/**
 * Below what Linux (32768), macOS and Windows (49152) give to outgoing connections: those would take a port that is free for a
 * moment, as while its process is started again, and listening there would fail.
 */
const first = 10_000
const last = 32_767

const take = (port: number) =>
  Effect.async<number, Error>((resume) => {
    const server = createServer()
    server.once("error", (error) => resume(Effect.fail(error)))
    server.listen({ host: "127.0.0.1", port }, () => server.close(() => resume(Effect.succeed(port))))
  })

/** Whether nobody listens there now. */
export const isFree = (port: number): Effect.Effect<boolean> => Effect.isSuccess(take(port))

/** One that is free now, by lot, so that two who ask at once hardly get the same. */
export const free: Effect.Effect<number> = Random.nextIntBetween(first, last + 1).pipe(
  Effect.flatMap(take),
  Effect.retry({ times: 1000 }),
  Effect.orDie
)
