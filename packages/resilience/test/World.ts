/**
 * A world of its own: virtual time, seeded randomness, and a scheduler that picks the next fiber at random and pre-empts
 * at random. Everything happens in one synchronous turn, so a seed says all.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Random from "effect/Random"
import type * as Scheduler from "effect/Scheduler"
import * as Scope from "effect/Scope"

interface Timer {
  readonly at: number
  readonly run: () => void
}

export interface Running<A, E> {
  readonly exit: () => Exit.Exit<A, E> | undefined
  readonly interrupt: () => void
}

export interface World {
  readonly fork: <A, E>(effect: Effect.Effect<A, E, Scope.Scope>) => Running<A, E>
  /** Runs until the effect is done, moving the time when nothing else can happen. */
  readonly run: <A, E>(effect: Effect.Effect<A, E, Scope.Scope>) => A
  /** Lets everything happen that needs no time. */
  readonly settle: () => void
  readonly advance: (millis: number) => void
  readonly nowMillis: () => number
  readonly random: () => number
  readonly timers: () => number
  readonly close: () => void
}

export const mulberry32 = (seed: number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    const a = Math.imul(state ^ (state >>> 15), 1 | state)
    const b = (a + Math.imul(a ^ (a >>> 7), 61 | a)) ^ a
    return ((b ^ (b >>> 14)) >>> 0) / 2 ** 32
  }
}

/** `wallOffset` says by how many ms the wall clock is wrong at a time. */
export const make = (seed: number, wallOffset: (millis: number) => number = () => 0): World => {
  const random = mulberry32(seed)
  const tasks: Array<() => void> = []
  let timers: Array<Timer> = []
  let nanos = 0
  const wall = () => 1_700_000_000_000 + nanos / 1e6 + wallOffset(nanos / 1e6)

  const clock: Clock.Clock = {
    [Clock.ClockTypeId]: Clock.ClockTypeId,
    unsafeCurrentTimeMillis: wall,
    unsafeCurrentTimeNanos: () => BigInt(nanos),
    currentTimeMillis: Effect.sync(wall),
    currentTimeNanos: Effect.sync(() => BigInt(nanos)),
    sleep: (duration) =>
      Effect.async<void>((resume) => {
        const timer = {
          at: nanos + Math.ceil(Duration.toMillis(duration) * 1e6),
          run: () => resume(Effect.void)
        }
        timers.push(timer)
        return Effect.sync(() => {
          timers = timers.filter((other) => other !== timer)
        })
      })
  }

  const scheduler: Scheduler.Scheduler = {
    shouldYield: (fiber) => fiber.currentOpCount > 6 + random() * 150 ? 0 : false,
    scheduleTask: (task) => {
      tasks.push(task)
    }
  }

  const settle = () => {
    while (tasks.length > 0) {
      const index = Math.floor(random() * tasks.length)
      const [task] = tasks.splice(index, 1)
      task?.()
    }
  }

  const earliest = (): Timer | undefined =>
    timers.reduce<Timer | undefined>(
      (first, timer) => first === undefined || timer.at < first.at ? timer : first,
      undefined
    )

  let firedNow = 0
  /** All that is due at one instant happens together, in any order. */
  const fire = ({ at }: Timer) => {
    firedNow = at > nanos ? 0 : firedNow + 1
    if (firedNow > 10_000) throw new Error("The time stands still")
    const due = timers.filter((timer) => timer.at === at)
    timers = timers.filter((timer) => timer.at !== at)
    nanos = Math.max(nanos, at)
    for (const timer of due) timer.run()
    settle()
  }

  const scope = Effect.runSync(Scope.make())
  const seeded = Random.make(seed)

  const fork: World["fork"] = (effect) => {
    const fiber = Effect.runFork(
      effect.pipe(Scope.extend(scope), Effect.withClock(clock), Effect.withRandom(seeded)),
      { scheduler }
    )
    return {
      exit: () => fiber.unsafePoll() ?? undefined,
      interrupt: () => fiber.unsafeInterruptAsFork(fiber.id())
    }
  }

  const run: World["run"] = (effect) => {
    const running = fork(effect)
    settle()
    for (let exit = running.exit();; exit = running.exit()) {
      if (exit !== undefined) {
        return Exit.getOrElse(exit, (cause) => {
          throw new Error(`The world came to an end: ${cause.toString()}`)
        })
      }
      const timer = earliest()
      if (timer === undefined) throw new Error("Nothing can happen any more")
      fire(timer)
    }
  }

  return {
    fork,
    run,
    settle,
    advance: (millis) => {
      settle()
      const until = nanos + Math.round(millis * 1e6)
      for (let timer = earliest(); timer !== undefined && timer.at <= until; timer = earliest()) fire(timer)
      nanos = until
    },
    nowMillis: () => nanos / 1e6,
    random,
    timers: () => timers.length,
    close: () => {
      run(Scope.close(scope, Exit.void))
    }
  }
}
