/**
 * A world in which time, chance and the order of all steps come from one seed. Effects run in it as they would in
 * processes: one that was killed takes not a step more, one that was paused takes them later.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import * as FiberRef from "effect/FiberRef"
import { globalValue } from "effect/GlobalValue"
import * as Logger from "effect/Logger"
import * as Random from "effect/Random"
import type * as Scheduler from "effect/Scheduler"
import * as Chance from "./Chance.ts"
import * as Globals from "./Globals.ts"
import * as Timers from "./Timers.ts"
import * as Trace from "./Trace.ts"

/** In which process a fiber runs: a name for each life of one, as `order-1#2`. */
export const currentProcess: FiberRef.FiberRef<string> = globalValue(
  "@saucier/simulation/World/currentProcess",
  () => FiberRef.unsafeMake("nobody")
)

export interface World {
  readonly seed: number
  /** Milliseconds since the beginning of the world. */
  readonly elapsed: () => number
  readonly chance: (stream: string) => Chance.Chance
  readonly after: (millis: number, run: () => void) => Timers.Timer
  readonly note: (from: string, text: string, to?: string) => void
  readonly trace: Trace.Trace
  /** Runs in a process of this name; `skew` is by how many milliseconds its wall clock is wrong. */
  readonly start: <A, E>(
    process: string,
    program: Effect.Effect<A, E>,
    skew?: number
  ) => Fiber.RuntimeFiber<A, E>
  readonly kill: (process: string) => void
  readonly pause: (process: string) => void
  readonly wake: (process: string) => void
  readonly isAlive: (process: string) => boolean
  /** Lets the world go on until `over`, nothing more can happen, or `limit` milliseconds have passed. */
  readonly run: (over: () => boolean, limit: number) => void
  readonly steps: () => number
}

/** When every world begins. */
export const epoch = 1_790_000_000_000

/** A world in which so many steps take no time goes round in a circle. */
const longestMoment = 2_000_000

export class Livelock extends Error {}

const clockOf = (world: Pick<World, "elapsed" | "after">, skew: number): Clock.Clock => {
  const millis = () => epoch + world.elapsed() + skew
  const nanos = () => BigInt(world.elapsed()) * 1_000_000n
  return {
    [Clock.ClockTypeId]: Clock.ClockTypeId,
    unsafeCurrentTimeMillis: millis,
    unsafeCurrentTimeNanos: nanos,
    currentTimeMillis: Effect.sync(millis),
    currentTimeNanos: Effect.sync(nanos),
    sleep: (duration) =>
      Effect.async<void>((resume) => {
        const wait = Math.ceil(Duration.toMillis(duration))
        if (!Number.isFinite(wait)) return Effect.void
        const timer = world.after(wait, () => resume(Effect.void))
        return Effect.sync(() => {
          timer.cancelled = true
        })
      })
  }
}

interface Task {
  readonly process: string
  readonly run: () => void
}

export const make = (seed: number): World => {
  const trace = Trace.make()
  const timers = Timers.make()
  const order = Chance.make(seed, "order of steps")
  const dead = new Set<string>()
  const paused = new Map<string, Array<Task>>()
  const ready: Array<Task> = []
  let now = 0
  let steps = 0
  let patience = order.between(8, 400)

  const admit = (task: Task) => {
    if (dead.has(task.process)) return
    const held = paused.get(task.process)
    if (held === undefined) ready.push(task)
    else held.push(task)
  }

  const scheduler: Scheduler.Scheduler = {
    shouldYield: (fiber) => {
      if (fiber.currentOpCount <= patience) return false
      patience = order.between(8, 400)
      return 0
    },
    scheduleTask: (run, _, fiber) => admit({ process: fiber?.getFiberRef(currentProcess) ?? "nobody", run })
  }

  const step = () => {
    const index = order.between(0, ready.length - 1)
    const task = ready[index]
    const last = ready.pop()
    if (task === undefined || last === undefined) return
    if (index < ready.length) ready[index] = last
    if (dead.has(task.process)) return
    const held = paused.get(task.process)
    if (held !== undefined) {
      held.push(task)
      return
    }
    steps++
    trace.mix(index)
    task.run()
  }

  const world: World = {
    seed,
    elapsed: () => now,
    chance: (stream) => Chance.make(seed, stream),
    after: (millis, run) => timers.add(now + Math.max(0, Math.ceil(millis)), run),
    note: (from, text, to) => trace.note({ at: now, from, text, ...(to === undefined ? {} : { to }) }),
    trace,
    start: (process, program, skew = 0) =>
      Effect.runFork(
        Effect.locally(program, currentProcess, process).pipe(
          Effect.withClock(clockOf(world, skew)),
          Effect.withRandom(Random.make(`${seed}/${process}`)),
          Effect.provide(Logger.remove(Logger.defaultLogger))
        ),
        { scheduler }
      ),
    kill: (process) => {
      dead.add(process)
      paused.delete(process)
    },
    pause: (process) => {
      if (!dead.has(process) && !paused.has(process)) paused.set(process, [])
    },
    wake: (process) => {
      const held = paused.get(process)
      paused.delete(process)
      for (const task of held ?? []) ready.push(task)
    },
    isAlive: (process) => !dead.has(process),
    run: (over, limit) =>
      Globals.during(world, () => {
        for (;;) {
          const began = steps
          while (ready.length > 0) {
            step()
            if (steps - began > longestMoment) throw new Livelock(`the world stands still at ${now} ms`)
          }
          if (over()) return
          const timer = timers.take()
          if (timer === undefined || timer.at > limit) return
          now = Math.max(now, timer.at)
          timer.run()
        }
      }),
    steps: () => steps
  }
  return world
}
