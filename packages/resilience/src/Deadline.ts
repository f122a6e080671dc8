/**
 * The moment by which a whole request must be done, on the monotonic clock. It travels with the fiber, so everything
 * below knows what is left; an inner deadline can only be nearer. Send `remaining` along when a call leaves the process.
 */
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { DeadlineExceeded } from "./DeadlineExceeded.ts"
import { stackless } from "./Stackless.ts"

export class Deadline extends Context.Reference<Deadline>()("@saucier/resilience/Deadline", {
  defaultValue: (): Option.Option<bigint> => Option.none()
}) {}

const left = (at: bigint, now: bigint): Duration.Duration => Duration.nanos(at > now ? at - now : 0n)

/** What is left, or none when nobody set a deadline. */
export const remaining: Effect.Effect<Option.Option<Duration.Duration>> = Effect.clockWith((clock) =>
  Effect.map(Deadline, Option.map((at) => left(at, clock.unsafeCurrentTimeNanos())))
)

const until = <A, E, R>(
  call: Effect.Effect<A, E, R>,
  at: bigint,
  within: Duration.Duration
): Effect.Effect<A, E | DeadlineExceeded, R> =>
  Effect.clockWith((clock) => {
    const time = left(at, clock.unsafeCurrentTimeNanos())
    const late = () => stackless(() => new DeadlineExceeded({ within }))
    return Duration.equals(time, Duration.zero)
      ? Effect.suspend(() => Effect.fail(late()))
      : call.pipe(
        Effect.provideService(Deadline, Option.some(at)),
        Effect.timeoutFail({ duration: time, onTimeout: late })
      )
  })

/** Interrupts `call` when `duration` is over, or earlier when the request it belongs to has less left. */
export const within = (duration: Duration.DurationInput) => {
  const limit = Duration.decode(duration)
  return <A, E, R>(call: Effect.Effect<A, E, R>): Effect.Effect<A, E | DeadlineExceeded, R> =>
    Effect.clockWith((clock) =>
      Effect.flatMap(Deadline, (outer) => {
        const own = Option.map(Duration.toNanos(limit), (nanos) => clock.unsafeCurrentTimeNanos() + nanos)
        const nearest = Option.zipWith(own, outer, (a, b) => a < b ? a : b).pipe(
          Option.orElse(() => Option.orElse(own, () => outer))
        )
        return Option.match(nearest, { onNone: () => call, onSome: (at) => until(call, at, limit) })
      })
    )
}
