import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** Whether the process is on its way out. Readiness, long streams and keep-alive connections ask it. */
export class Draining extends Context.Tag("@saucier/runtime/Draining")<Draining, {
  readonly begin: Effect.Effect<void>
  readonly isDraining: () => boolean
  /** Done once draining has begun. */
  readonly awaited: Effect.Effect<void>
}>() {}

export const layer: Layer.Layer<Draining> = Layer.sync(Draining, () => {
  const latch = Effect.unsafeMakeLatch(false)
  let draining = false
  return Draining.of({
    begin: Effect.suspend(() => {
      draining = true
      return latch.open
    }),
    isDraining: () => draining,
    awaited: latch.await
  })
})
