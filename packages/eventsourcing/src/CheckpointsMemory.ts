import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { CheckpointMoved, Checkpoints } from "./Checkpoints.ts"
import { type Position, start } from "./Event.ts"

/** Lives as long as the process. What `write` changed elsewhere before it failed stays changed. */
export const layer: Layer.Layer<Checkpoints> = Layer.sync(Checkpoints, () => {
  const positions = new Map<string, Position>()
  const at = (name: string) => positions.get(name) ?? start
  return {
    load: (name) => Effect.sync(() => at(name)),
    commit: (name, position, write) =>
      Effect.tap(write, () => Effect.sync(() => positions.set(name, position))),
    advance: (name, from, position, write) =>
      Effect.zipLeft(
        write,
        Effect.suspend(() => {
          if (at(name) !== from) return new CheckpointMoved({ subscription: name })
          positions.set(name, position)
          return Effect.void
        })
      )
  }
})
