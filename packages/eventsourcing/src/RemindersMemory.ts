import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { StreamId } from "./Event.ts"
import { Reminders } from "./Reminders.ts"

/** Lives as long as the process. */
export const layer: Layer.Layer<Reminders> = Layer.sync(Reminders, () => {
  const times = new Map<string, Map<StreamId, number>>()
  return {
    set: (name, streamId, dueAt) =>
      Effect.sync(() => {
        times.set(name, (times.get(name) ?? new Map()).set(streamId, dueAt))
      }),
    clear: (name, streamId) =>
      Effect.sync(() => {
        times.get(name)?.delete(streamId)
      }),
    due: (name, now, limit) =>
      Effect.sync(() =>
        [...times.get(name) ?? []]
          .map(([streamId, dueAt]) => ({ streamId, dueAt }))
          .filter(({ dueAt }) => dueAt <= now)
          .sort((a, b) => a.dueAt - b.dueAt)
          .slice(0, limit)
      )
  }
})
