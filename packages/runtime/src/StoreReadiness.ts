/** Whether a store can serve: it can be read, and did not just refuse to write for want of space or of leave. */
import { start } from "@saucier/eventsourcing/Event"
import { EventStore, type EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Monotonic from "@saucier/eventsourcing/Monotonic"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Health from "./Health.ts"

/** Whoever is sent no orders finds out in no other way that there is room again. */
const doubtMillis = 10_000

const lasts = ({ reason }: EventStoreUnavailable) => reason === "full" || reason === "read-only"

/** Adds the check, and the same store, watched. */
export const layer = (
  name: string
): Layer.Layer<EventStore, never, EventStore | Health.Health> =>
  Layer.scoped(
    EventStore,
    Effect.gen(function*() {
      const health = yield* Health.Health
      const store = yield* EventStore
      let refused: { readonly at: number; readonly by: EventStoreUnavailable } | undefined

      const writes = Effect.flatMap(
        Monotonic.millis,
        (now) => refused !== undefined && now - refused.at < doubtMillis ? refused.by : Effect.void
      )
      yield* health.add({ name: `store ${name}`, run: Effect.zipRight(writes, store.page(start, 1)) })

      return EventStore.of({
        ...store,
        append: (append) =>
          Effect.tapBoth(store.append(append), {
            onSuccess: () =>
              Effect.sync(() => {
                refused = undefined
              }),
            onFailure: (error) =>
              error._tag === "EventStoreUnavailable" && lasts(error)
                ? Effect.map(Monotonic.millis, (at) => {
                  refused = { at, by: error }
                })
                : Effect.void
          })
      })
    })
  )
