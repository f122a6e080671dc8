/**
 * A database server as its clients see it: asked over the network, once in a while too slow, gone or full. What it was
 * asked is done whether or not the answer arrives.
 */
import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import type { Network } from "./Network.ts"
import { hostOf } from "./Sockets.ts"
import type { Count } from "./Sometimes.ts"
import * as World from "./World.ts"

export const host = "database"

/** How often a statement fails by itself; the faults of a plan come on top. */
export interface Trouble {
  readonly failsBefore: number
  readonly failsAfter: number
  readonly slow: number
}

export const calm: Trouble = { failsBefore: 0, failsAfter: 0, slow: 0 }

/** Which share of the reads is answered from a copy that is so many milliseconds old. */
export interface Staleness {
  readonly share: number
  readonly millis: number
}

export const fresh: Staleness = { share: 0, millis: 0 }

export type Unavailable = "unreachable" | "timeout" | "full"

export interface DatabaseServer {
  /** `work` runs at the server, all at once. Commits that write fail while the disk is full. */
  readonly ask: <A>(what: string, work: () => A, writes?: boolean) => Effect.Effect<A, Unavailable>
  /** As `ask`, with an answer that comes later, unless the server stops meanwhile. */
  readonly request: <A>(
    what: string,
    work: (answer: (value: A) => void) => void,
    writes?: boolean
  ) => Effect.Effect<A, Unavailable>
  readonly stop: () => void
  readonly start: () => void
  readonly fill: (full: boolean) => void
  readonly trouble: (trouble: Trouble) => void
  readonly age: (staleness: Staleness) => void
  /** How old the data are, in milliseconds, that the next read is answered from: 0 as long as none is stale. */
  readonly lag: () => number
  /**
   * Runs once, when a process on this host has committed something and does not know of it yet: when it is the beginning
   * of a stream of the category `of`, unless that is absent.
   */
  readonly atCommit: (host: string, run: () => void, of?: string) => void
  /** `begun` is the category of the stream that begins with it, if one does. */
  readonly committed: (host: string, begun?: string) => void
  /** Counts its lives: what was begun in one is not finished in the next. */
  readonly life: () => number
  /** Runs when it stops. */
  readonly onStop: (run: () => void) => void
}

/** Who has no answer by then hangs up, in milliseconds. */
const patience = 5000

export const make = (world: World.World, network: Network, count: Count): DatabaseServer => {
  const chance = world.chance("database")
  const stops: Array<() => void> = []
  let awaited: ReadonlyArray<
    { readonly host: string; readonly of: string | undefined; readonly run: () => void }
  > = []
  let trouble = calm
  let staleness = fresh
  let full = false
  let up = true
  let life = 0

  const request: DatabaseServer["request"] = <A>(
    what: string,
    work: (answer: (value: A) => void) => void,
    writes = false
  ) =>
    Effect.flatMap(FiberRef.get(World.currentProcess), (process) =>
      Effect.async<A, Unavailable>((resume) => {
        let waiting = true
        const settle = (result: Effect.Effect<A, Unavailable>) => {
          if (!waiting) return
          waiting = false
          timer.cancelled = true
          resume(result)
        }
        const back = network.line(host, hostOf(process))
        const refuse = (reason: Unavailable) => back(() => settle(Effect.fail(reason)))
        const failsAfter = writes && chance.happens(trouble.failsAfter)
        const serve = () => {
          if (!up) return refuse("unreachable")
          if (writes && full) {
            count("the disk is full")
            return refuse("full")
          }
          const began = life
          work((value) => {
            if (began !== life) return refuse("unreachable")
            if (failsAfter) {
              count("a statement fails after its commit")
              world.note(host, `${what}: done, and the answer is lost`, process)
              return refuse("unreachable")
            }
            back(() => settle(Effect.succeed(value)))
          })
        }
        network.line(hostOf(process), host)(() => {
          if (chance.happens(trouble.failsBefore)) {
            count("a statement fails before its commit")
            return refuse("unreachable")
          }
          if (!chance.happens(trouble.slow)) return serve()
          count("a statement is slow")
          world.after(chance.between(50, 7000), serve)
        })
        const timer = world.after(patience, () => settle(Effect.fail("timeout")))
        return Effect.sync(() => {
          waiting = false
          timer.cancelled = true
        })
      }))

  return {
    request,
    ask: (what, work, writes) => request(what, (answer) => answer(work()), writes),
    stop: () => {
      up = false
      life++
      for (const run of stops) run()
    },
    start: () => {
      up = true
    },
    fill: (now) => {
      full = now
    },
    trouble: (next) => {
      trouble = next
    },
    age: (next) => {
      staleness = next
    },
    lag: () => staleness.share > 0 && chance.happens(staleness.share) ? staleness.millis : 0,
    atCommit: (host, run, of) => {
      awaited = [...awaited, { host, of, run }]
    },
    committed: (at, begun) => {
      const due = awaited.filter(({ host, of }) => host === at && (of === undefined || of === begun))
      awaited = awaited.filter((one) => !due.includes(one))
      for (const { run } of due) run()
    },
    life: () => life,
    onStop: (run) => {
      stops.push(run)
    }
  }
}
