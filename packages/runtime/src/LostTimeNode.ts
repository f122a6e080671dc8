/** Measures how long the event loop stands still: each turn of a timer that comes late is a stall. */
import { lostOf, LostTime, type Stall } from "@saucier/resilience/LostTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const every = 20
/** A timer is never quite on time. */
const usual = 5
/** No call to a provider lasts longer, in nanoseconds. */
const remembered = 60e9

export const layer: Layer.Layer<LostTime> = Layer.scoped(
  LostTime,
  Effect.gen(function*() {
    const clock = yield* Effect.clock
    const origin = clock.unsafeCurrentTimeNanos()
    const now = () => Number(clock.unsafeCurrentTimeNanos() - origin)
    let stalls: Array<Stall> = []
    let turnedAt = 0
    const stall = (until: number): ReadonlyArray<Stall> => {
      const length = until - turnedAt - (every + usual) * 1e6
      return length > 0 ? [{ until, length }] : []
    }
    yield* Effect.sleep(every).pipe(
      Effect.zipRight(Effect.sync(() => {
        const at = now()
        const [first] = stalls
        if (first !== undefined && first.until < at - 2 * remembered) {
          stalls = stalls.filter(({ until }) => until >= at - remembered)
        }
        stalls.push(...stall(at))
        turnedAt = at
      })),
      Effect.forever,
      Effect.forkScoped
    )
    return (duration) => {
      const at = now()
      return lostOf([...stalls, ...stall(at)], at, duration)
    }
  })
)
