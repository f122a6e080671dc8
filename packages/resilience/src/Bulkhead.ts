/** Bounds the calls to one provider, so that a slow one holds a few fibers and not all of them. First come, first served. */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberId from "effect/FiberId"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import { BulkheadConfig } from "./BulkheadConfig.ts"
import { BulkheadFull } from "./BulkheadFull.ts"
import * as Metrics from "./BulkheadMetrics.ts"
import { stackless } from "./Stackless.ts"

type Waiter = Deferred.Deferred<void>

interface Places {
  readonly running: number
  readonly waiting: ReadonlyArray<Waiter>
}

export interface Bulkhead {
  readonly name: string
  readonly protect: <A, E, R>(call: Effect.Effect<A, E, R>) => Effect.Effect<A, E | BulkheadFull, R>
  readonly usage: Effect.Effect<{ readonly running: number; readonly waiting: number }>
}

export interface Options {
  readonly name: string
  readonly config?: BulkheadConfig
}

export const make = Effect.fnUntraced(function*(options: Options) {
  const config = options.config ?? new BulkheadConfig({})
  const clock = yield* Effect.clock
  const ref = yield* Ref.make<Places>({ running: 0, waiting: [] })
  const metrics = Metrics.make(options.name)

  const update = <A>(f: (places: Places) => readonly [A, Places]) =>
    Ref.modify(ref, (before) => {
      const changed = f(before)
      metrics.usage(changed[1].running, changed[1].waiting.length)
      return changed
    })

  const full = (reason: BulkheadFull["reason"]) =>
    Effect.suspend(() => {
      metrics.rejected(reason)
      return Effect.fail(
        stackless(() => new BulkheadFull({ name: options.name, reason, retryAfter: config.maxWait }))
      )
    })

  /** The place goes straight to the one who waited longest: a newcomer cannot take it in between. */
  const leave = Effect.flatMap(
    update((places): readonly [Waiter | undefined, Places] => {
      const [next, ...waiting] = places.waiting
      return next === undefined
        ? [undefined, { running: places.running - 1, waiting }]
        : [next, { running: places.running, waiting }]
    }),
    (next) => next === undefined ? Effect.void : Effect.asVoid(Deferred.succeed(next, undefined))
  )

  const ask = update((places): readonly ["entered" | "full" | Waiter, Places] => {
    if (places.running < config.maxConcurrent) return ["entered", { ...places, running: places.running + 1 }]
    if (places.waiting.length >= config.maxWaiting) return ["full", places]
    const waiter = Deferred.unsafeMake<void>(FiberId.none)
    return [waiter, { ...places, waiting: [...places.waiting, waiter] }]
  })

  /** False when the place had been given in the same moment: it is ours then, and must be used or given back. */
  const giveUp = (waiter: Waiter) =>
    update((places): readonly [boolean, Places] => {
      const waiting = places.waiting.filter((other) => other !== waiter)
      return [waiting.length < places.waiting.length, { ...places, waiting }]
    })

  const wait = (
    waiter: Waiter,
    restore: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  ) =>
    Effect.gen(function*() {
      const since = clock.unsafeCurrentTimeNanos()
      const exit = yield* Effect.exit(restore(Effect.timeoutOption(Deferred.await(waiter), config.maxWait)))
      metrics.waited(Number(clock.unsafeCurrentTimeNanos() - since) / 1e9)
      if (Exit.isSuccess(exit) && Option.isSome(exit.value)) return
      const gaveUp = yield* giveUp(waiter)
      if (Exit.isFailure(exit)) {
        if (!gaveUp) yield* leave
        return yield* exit
      }
      if (gaveUp) return yield* full("wait-too-long")
    })

  const bulkhead: Bulkhead = {
    name: options.name,
    protect: (call) =>
      Effect.uninterruptibleMask((restore) => {
        const run = Effect.flatMap(Effect.exit(restore(call)), (exit) => Effect.zipRight(leave, exit))
        return Effect.flatMap(ask, (place) => {
          if (place === "entered") return run
          return place === "full" ? full("queue-full") : Effect.zipRight(wait(place, restore), run)
        })
      }),
    usage: Effect.map(Ref.get(ref), ({ running, waiting }) => ({ running, waiting: waiting.length }))
  }
  return bulkhead
})
