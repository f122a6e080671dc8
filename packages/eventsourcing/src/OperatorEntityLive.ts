import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { Version } from "./Event.ts"
import { EventStore } from "./EventStore.ts"
import * as OperatorEntity from "./OperatorEntity.ts"
import { ParkedEvents } from "./ParkedEvents.ts"

/** A context without a log of its own has no events to show. */
export const layer = (context: string) => {
  const operator = OperatorEntity.make(context)
  return operator.toLayer(
    Effect.gen(function*() {
      const store = yield* Effect.serviceOption(EventStore)
      const parked = yield* ParkedEvents
      return operator.of({
        Events: ({ payload: { after, limit } }) =>
          Option.match(store, {
            onNone: () => Effect.succeed([]),
            onSome: ({ page }) =>
              Effect.catchAllDefect(page(after, limit), () => new OperatorEntity.UnknownPosition({ after }))
          }),
        History: ({ payload: { streamId } }) =>
          Option.match(store, {
            onNone: () => Effect.succeed([]),
            onSome: ({ read }) => read(streamId, Version.make(0))
          }),
        Parked: () => parked.list(),
        ServeParked: ({ payload: { request, streamId, subscription } }) =>
          Effect.flatMap(
            parked.request(subscription, streamId, request),
            (found) => found ? Effect.void : new OperatorEntity.NothingParked({ subscription, streamId })
          )
      })
    }),
    { concurrency: "unbounded" }
  )
}
