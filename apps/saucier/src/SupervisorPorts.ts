import * as LoopbackPort from "@saucier/runtime/LoopbackPort"
import * as Effect from "effect/Effect"

/** Ports that were given away and may not be taken yet. */
const given = new Set<number>()

/** A port of the loopback interface that is free now. Somebody may be faster; then its taker fails and is given another. */
export const free: Effect.Effect<number> = Effect.tap(
  Effect.repeat(LoopbackPort.free, { until: (port) => !given.has(port) }),
  (port) =>
    Effect.sync(() => {
      if (given.size > 1000) given.clear()
      given.add(port)
    })
)

/** Ports that are kept by number: whoever comes again finds its old one, unless somebody else has it meanwhile. */
export const kept = Effect.sync(() => {
  const ports = new Map<number, number>()
  return (index: number): Effect.Effect<number> =>
    Effect.suspend(() => {
      const port = ports.get(index)
      const fresh = Effect.tap(free, (port) => Effect.sync(() => ports.set(index, port)))
      return port === undefined ? fresh : Effect.if(LoopbackPort.isFree(port), {
        onTrue: () => Effect.succeed(port),
        onFalse: () => fresh
      })
    })
})
