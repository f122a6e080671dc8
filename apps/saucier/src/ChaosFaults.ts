/** The faults that are under way: each begins, lasts until its time is up or somebody ends it, and is undone. */
import type { Fault, PastFault, Strike } from "@saucier/assembly/Chaos"
import * as ChaosExpectations from "@saucier/assembly/ChaosExpectations"
import { ChaosFaultOver } from "@saucier/assembly/ChaosRejections"
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Fiber from "effect/Fiber"
import * as FiberSet from "effect/FiberSet"

export interface Course<E> {
  /** Gives the process that was hit, or null. Never cut off half-way. */
  readonly begin: Effect.Effect<number | null, E>
  /** Over by itself; what has a time is over then. */
  readonly last: Effect.Effect<void>
  /** Undoes it, as often as it takes; fails with what is left. */
  readonly end: Effect.Effect<void, { readonly message: string }>
}

interface Entry {
  fault: Fault
  readonly subject: string
  readonly asked: Deferred.Deferred<void>
  readonly over: Deferred.Deferred<void>
}

/** A strike is answered after so long, even if it is still beginning. */
const patience = "2 seconds"
const remembered = 20

/** Waited for to its end, whoever leaves. A fiber of its own, since what cannot be interrupted waits for the losers of its races. */
const whole = <A, E>(effect: Effect.Effect<A, E>) =>
  Effect.flatMap(Effect.forkDaemon(Effect.interruptible(effect)), Fiber.join)

export const make = Effect.gen(function*() {
  const run = yield* FiberSet.makeRuntime<never>()
  const entries = new Map<string, Entry>()
  let past: ReadonlyArray<PastFault> = []
  let count = 0

  const close = (entry: Entry, trouble: string | null) =>
    Effect.map(Clock.currentTimeMillis, (endedAt) => {
      const { endsAt: _, phase: __, ...fault } = entry.fault
      entries.delete(fault.id)
      past = [{ ...fault, endedAt, trouble }, ...past].slice(0, remembered)
    })

  const live = <E extends { readonly message: string }>(
    entry: Entry,
    course: Course<E>,
    begun: Deferred.Deferred<void, E>
  ) =>
    Effect.uninterruptibleMask((restore) =>
      Effect.gen(function*() {
        const hit = yield* Effect.either(whole(course.begin))
        if (Either.isLeft(hit)) {
          yield* close(entry, hit.left.message)
          yield* Deferred.fail(begun, hit.left)
          return
        }
        entry.fault = { ...entry.fault, phase: "under-way", index: hit.right }
        yield* Deferred.succeed(begun, undefined)
        yield* Effect.exit(restore(Effect.raceFirst(course.last, Deferred.await(entry.asked))))
        entry.fault = { ...entry.fault, phase: "ending" }
        const trouble = yield* Effect.match(whole(course.end), {
          onFailure: ({ message }) => message,
          onSuccess: () => null
        })
        yield* close(entry, trouble)
      })
    ).pipe(Effect.ensuring(Deferred.succeed(entry.over, undefined)))

  const end = (some: ReadonlyArray<Entry>) =>
    Effect.forEach(some, ({ asked }) => Deferred.succeed(asked, undefined), { discard: true })

  return {
    faults: Effect.sync(() => [...entries.values()].map(({ fault }) => fault)),
    past: Effect.sync(() => past),
    of: (subject: string) =>
      Effect.sync(() => [...entries.values()].find((entry) => entry.subject === subject)?.fault),
    /** Begins a fault. What has begun is undone, also when whoever struck has left. */
    begin: <E extends { readonly message: string }>(strike: Strike, subject: string, course: Course<E>) =>
      Effect.gen(function*() {
        const startedAt = yield* Clock.currentTimeMillis
        const begun = yield* Deferred.make<void, E>()
        const entry: Entry = {
          subject,
          asked: yield* Deferred.make<void>(),
          over: yield* Deferred.make<void>(),
          fault: {
            id: `${subject}-${++count}`,
            strike,
            index: null,
            startedAt,
            endsAt: "seconds" in strike ? startedAt + strike.seconds * 1000 : null,
            phase: "beginning",
            ...ChaosExpectations.of(strike)
          }
        }
        entries.set(entry.fault.id, entry)
        run(live(entry, course, begun))
        yield* Effect.timeoutOption(Deferred.await(begun), patience)
      }),
    /** Ends what a subject is under, and waits for that. */
    clear: (subject: string) =>
      Effect.suspend(() => {
        const some = [...entries.values()].filter((entry) => entry.subject === subject)
        return Effect.zipRight(
          end(some),
          Effect.forEach(some, ({ over }) => Deferred.await(over), { discard: true })
        )
      }),
    end: (id: string) =>
      Effect.suspend((): Effect.Effect<void, ChaosFaultOver> => {
        const entry = entries.get(id)
        return entry === undefined ? new ChaosFaultOver({ fault: id }) : end([entry])
      }),
    endAll: Effect.suspend(() => end([...entries.values()]))
  }
})
export type ChaosFaults = Effect.Effect.Success<typeof make>
