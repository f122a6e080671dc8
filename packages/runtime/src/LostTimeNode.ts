/** Measures how long the event loop stands still: each turn of a timer that comes late adds how late it came. */
import { LostTime } from "@saucier/resilience/LostTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const every = 20
/** A timer is never quite on time. */
const usual = 5

export const layer: Layer.Layer<LostTime> = Layer.scoped(
  LostTime,
  Effect.gen(function*() {
    const clock = yield* Effect.clock
    let lost = 0
    let turnedAt = clock.unsafeCurrentTimeNanos()
    const late = () => {
      const standing = Number(clock.unsafeCurrentTimeNanos() - turnedAt) - (every + usual) * 1e6
      return Math.max(0, standing)
    }
    yield* Effect.sleep(every).pipe(
      Effect.zipRight(Effect.sync(() => {
        lost += late()
        turnedAt = clock.unsafeCurrentTimeNanos()
      })),
      Effect.forever,
      Effect.forkScoped
    )
    return () => lost + late()
  })
)
