/** Which hosts there are, and the lives of the processes on them: killed, started again, paused, replaced. */
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type { World } from "./World.ts"

export interface Processes {
  /** Starts the first life of a process on a host of its own. */
  readonly add: (
    host: string,
    program: (process: string) => Effect.Effect<unknown, unknown>,
    skew: number
  ) => void
  /** kill -9, and started again after `down` milliseconds. */
  readonly kill: (host: string, down: number) => void
  /** SIGSTOP, and SIGCONT after `millis`. */
  readonly pause: (host: string, millis: number) => void
  /** SIGTERM, and the next life as soon as the last has ended. */
  readonly replace: (host: string) => void
}

interface Life {
  readonly process: string
  readonly fiber: Fiber.RuntimeFiber<unknown, unknown>
}

/** Who has not ended so many milliseconds after SIGTERM is killed. */
const patience = 15_000

export const make = (world: World, ended: (process: string) => void): Processes => {
  const hosts = new Map<string, { readonly start: () => void; lives: number; life: Life | undefined }>()

  const bury = (host: string, process: string) => {
    const entry = hosts.get(host)
    if (entry?.life?.process !== process) return
    entry.life = undefined
    world.kill(process)
    ended(process)
  }

  return {
    add: (host, program, skew) => {
      const start = () => {
        const entry = hosts.get(host)
        if (entry === undefined || entry.life !== undefined) return
        entry.lives += 1
        const process = `${host}#${entry.lives}`
        world.note(process, "starts")
        entry.life = { process, fiber: world.start(process, program(process), skew) }
      }
      hosts.set(host, { start, lives: 0, life: undefined })
      start()
    },
    kill: (host, down) => {
      const entry = hosts.get(host)
      if (entry?.life === undefined) return
      world.note(entry.life.process, "is killed")
      bury(host, entry.life.process)
      world.after(down, entry.start)
    },
    pause: (host, millis) => {
      const process = hosts.get(host)?.life?.process
      if (process === undefined) return
      world.note(process, `is paused for ${millis} ms`)
      world.pause(process)
      world.after(millis, () => {
        if (!world.isAlive(process)) return
        world.note(process, "goes on")
        world.wake(process)
      })
    },
    replace: (host) => {
      const entry = hosts.get(host)
      if (entry?.life === undefined) return
      const { fiber, process } = entry.life
      world.note(process, "is told to end")
      const end = () => {
        if (hosts.get(host)?.life?.process !== process) return
        bury(host, process)
        entry.start()
      }
      fiber.addObserver(() => world.after(1, end))
      world.start(process, Effect.asVoid(Fiber.interruptFork(fiber)))
      world.after(patience, end)
    }
  }
}
