/** Somebody who follows the orders' feed, hangs up now and then, and goes on after the last event that he was given. */
import { Position, start } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { World } from "./World.ts"

export const follow = (world: World, received: (position: Position) => void) =>
  Effect.flatMap(EventStore, (store) => {
    const chance = world.chance("reader")
    let last: Position = start
    const session = Effect.suspend(() =>
      Stream.runForEach(store.feed(last), ({ position }) =>
        Effect.sync(() => {
          last = position
          received(position)
        }))
    )
    return Effect.suspend(() => Effect.timeoutOption(session, chance.between(50, 8000))).pipe(
      Effect.catchAllCause(() => Effect.void),
      Effect.zipRight(Effect.sleep(100)),
      Effect.forever
    )
  })
