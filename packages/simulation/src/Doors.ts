/** How people reach a gateway: over the network, and with no answer when it dies under their request. */
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import type { Books } from "./Books.ts"
import * as Gateway from "./Gateway.ts"
import type { Network } from "./Network.ts"
import { hostOf } from "./Sockets.ts"
import type { World } from "./World.ts"

export class NoAnswer {
  readonly _tag = "NoAnswer"
}

export interface Doors {
  /** Serves at the host of the process for as long as it lives. */
  readonly open: (
    process: string
  ) => Effect.Effect<never, never, Effect.Effect.Context<ReturnType<typeof Gateway.make>>>
  /** Who asks hangs up after `patience` milliseconds. */
  readonly ask: <A, E>(
    host: string,
    use: (gateway: Gateway.Gateway) => Effect.Effect<A, E>,
    patience?: number
  ) => Effect.Effect<A, E | NoAnswer>
  readonly ended: (process: string) => void
}

export const people = "people"

/** Nobody waits longer, in milliseconds. */
export const longest = 12_000

interface Door {
  readonly process: string
  readonly gateway: Gateway.Gateway
  readonly fork: (work: Effect.Effect<void>) => void
  readonly broken: Set<() => void>
}

export const make = (world: World, network: Network, dashboard: Books): Doors => {
  const doors = new Map<string, Door>()
  return {
    open: (process) =>
      Effect.scoped(Effect.gen(function*() {
        const gateway = yield* Gateway.make(dashboard)
        const fork = yield* FiberSet.makeRuntime<never>()
        doors.set(hostOf(process), { process, gateway, fork, broken: new Set() })
        return yield* Effect.never
      })),
    ask: (host, use, patience = longest) =>
      Effect.async((resume) => {
        let waiting = true
        const settle = (
          result: Effect.Effect<
            Effect.Effect.Success<ReturnType<typeof use>>,
            Effect.Effect.Error<ReturnType<typeof use>> | NoAnswer
          >
        ) => {
          if (!waiting) return
          waiting = false
          timer.cancelled = true
          resume(result)
        }
        const none = () => settle(Effect.fail(new NoAnswer()))
        network.line(people, host)(() => {
          const door = doors.get(host)
          if (door === undefined || !world.isAlive(door.process)) return none()
          door.broken.add(none)
          const back = network.line(host, people)
          door.fork(Effect.map(Effect.exit(use(door.gateway)), (exit) => {
            door.broken.delete(none)
            back(() => settle(exit))
          }))
        })
        const timer = world.after(patience, none)
        return Effect.sync(() => {
          waiting = false
          timer.cancelled = true
        })
      }),
    ended: (process) => {
      const door = doors.get(hostOf(process))
      if (door?.process !== process) return
      doors.delete(hostOf(process))
      for (const none of door.broken) network.line(hostOf(process), people)(none)
    }
  }
}
