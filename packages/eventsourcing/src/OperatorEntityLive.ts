import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { Position } from "./Event.ts"
import { Version } from "./Event.ts"
import { EventStore } from "./EventStore.ts"
import * as OperatorEntity from "./OperatorEntity.ts"
import { ParkedEvents } from "./ParkedEvents.ts"

/** A page, as soon as there is one. */
const followed = ({ feed, page }: EventStore["Type"], after: Position, limit: number, waitMillis: number) =>
  Effect.flatMap(
    page(after, limit),
    (events) =>
      events.length > 0 || waitMillis === 0 ? Effect.succeed(events) : Stream.runHead(feed(after)).pipe(
        Effect.timeoutOption(waitMillis),
        Effect.zipRight(page(after, limit))
      )
  )

/** A context without a log of its own has no events to show. */
export const layer = (context: string) => {
  const operator = OperatorEntity.make(context)
  return operator.toLayer(
    Effect.gen(function*() {
      const store = yield* Effect.serviceOption(EventStore)
      const parked = yield* ParkedEvents
      return operator.of({
        Events: ({ payload: { after, limit, waitMillis = 0 } }) =>
          Option.match(store, {
            onNone: () => Effect.succeed([]),
            onSome: (store) =>
              Effect.catchAllDefect(
                followed(store, after, limit, waitMillis),
                () => new OperatorEntity.UnknownPosition({ after })
              )
          }),
        Newest: ({ payload: { limit } }) =>
          Option.match(store, { onNone: () => Effect.succeed([]), onSome: ({ newest }) => newest(limit) }),
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
