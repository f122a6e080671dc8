import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Checkpoints } from "./Checkpoints.ts"
import { type Position, start } from "./Event.ts"

/** Lives as long as the process. What `write` changed elsewhere before it failed stays changed. */
export const layer: Layer.Layer<Checkpoints> = Layer.sync(Checkpoints, () => {
  const positions = new Map<string, Position>()
  return {
    load: (name) => Effect.sync(() => positions.get(name) ?? start),
    commit: (name, position, write) =>
      Effect.tap(write, () => Effect.sync(() => positions.set(name, position)))
  }
})
