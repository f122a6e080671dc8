/** The shells of one stream that actors of this process hold at this moment; a store belongs to one process. */
import * as Effect from "effect/Effect"
import { globalValue } from "effect/GlobalValue"
import type { Scope } from "effect/Scope"
import type { StreamId } from "./Event.ts"
import type { EventStore } from "./EventStore.ts"

const awake = globalValue(
  "@saucier/eventsourcing/Awake",
  () => new WeakMap<EventStore["Type"], Map<StreamId, number>>()
)

/** Counts one more until the scope closes; gives whether it is the only one. */
export const enter = (
  store: EventStore["Type"],
  streamId: StreamId
): Effect.Effect<() => boolean, never, Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const here = awake.get(store) ?? new Map<StreamId, number>()
      awake.set(store, here.set(streamId, (here.get(streamId) ?? 0) + 1))
      return () => here.get(streamId) === 1
    }),
    () =>
      Effect.sync(() => {
        const here = awake.get(store)
        const others = (here?.get(streamId) ?? 1) - 1
        if (others === 0) here?.delete(streamId)
        else here?.set(streamId, others)
      })
  )
