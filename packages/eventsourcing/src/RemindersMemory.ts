import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { StreamId } from "./Event.ts"
import { Reminders } from "./Reminders.ts"

/** Lives as long as the process. */
export const layer: Layer.Layer<Reminders> = Layer.sync(Reminders, () => {
  const times = new Map<string, Map<StreamId, number>>()
  return {
    set: (name, reminders) =>
      Effect.sync(() => {
        const all = times.get(name) ?? new Map<StreamId, number>()
        for (const { dueAt, streamId } of reminders) all.set(streamId, dueAt)
        times.set(name, all)
      }),
    clear: (name, streamIds) =>
      Effect.sync(() => {
        for (const streamId of streamIds) times.get(name)?.delete(streamId)
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
