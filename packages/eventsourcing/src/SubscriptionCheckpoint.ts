/** Saves how far a subscription has come: soon after it moved, but not at every event. */
import * as Effect from "effect/Effect"
import * as LogLevel from "effect/LogLevel"
import type { Position } from "./Event.ts"

export interface SubscriptionCheckpoint<E> {
  /** What is saved, as far as this process knows. */
  readonly at: () => Position
  /** Tells that the watermark may have moved. */
  readonly moved: () => void
  /** Tells that somebody else has saved this position. */
  readonly saved: (position: Position) => void
  /** Saves the watermark if it moved. */
  readonly save: Effect.Effect<void, E>
}

const interval = "500 millis"

/**
 * `watermark` tells the position that everything up to has been dealt with. The checkpoint is saved by a fiber of its
 * own, in turn with whatever else writes it.
 */
export const make = <E>(options: {
  readonly loaded: Position
  readonly move: (from: Position, to: Position) => Effect.Effect<void, E>
  readonly watermark: () => Position
  readonly turn: Effect.Semaphore
}) =>
  Effect.gen(function*() {
    const dirty = yield* Effect.makeLatch(false)
    let saved = options.loaded
    let failing = false

    const save = options.turn.withPermits(1)(Effect.suspend(() => {
      const position = options.watermark()
      if (position === saved) return Effect.void
      return Effect.map(options.move(saved, position), () => {
        saved = position
      })
    }))

    const saving = dirty.await.pipe(
      Effect.zipRight(dirty.close),
      Effect.zipRight(save),
      Effect.zipRight(Effect.sync(() => failing = false)),
      Effect.catchAllCause((cause) => {
        const level = failing ? LogLevel.Debug : LogLevel.Warning
        failing = true
        return Effect.zipRight(
          Effect.logWithLevel(level, "The checkpoint was not saved", cause),
          dirty.open
        )
      }),
      Effect.zipRight(Effect.sleep(interval)),
      Effect.forever
    )
    yield* Effect.forkScoped(saving)

    const checkpoint: SubscriptionCheckpoint<E> = {
      at: () => saved,
      moved: () => dirty.unsafeOpen(),
      saved: (position) => {
        saved = position
      },
      save
    }
    return checkpoint
  })
