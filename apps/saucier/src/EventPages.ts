/** The logs of the contexts, read page by page through the operators' API. */
import * as Event from "@saucier/eventsourcing/Event"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { Server } from "./Server.ts"

/** Those that record events; the dashboard only reads. */
export const recording = ["order", "payment", "delivery"] as const
export type Recording = (typeof recording)[number]

export interface LoggedEvent extends Event.RecordedEvent {
  readonly context: Recording
}

const pageSize = 500

const page = (server: Server, context: Recording, after: Event.Position) =>
  server.ask(server.api.operator.events({ urlParams: { context, after, limit: pageSize } })).pipe(
    Effect.map(({ items }) =>
      Chunk.map(Chunk.unsafeFromArray(items), (event): LoggedEvent => ({ context, ...event }))
    )
  )

export const most = 1000

/** The last `count` of them, at most `most`. */
export const newest = (server: Server, context: Recording, count: number) =>
  Effect.map(
    server.ask(server.api.operator.newestEvents({ urlParams: { context, limit: count } })),
    ({ items }) => Chunk.map(Chunk.unsafeFromArray(items), (event): LoggedEvent => ({ context, ...event }))
  )

/** Every event after a position, up to the end of the log as it is when it gets there. */
export const read = (server: Server, context: Recording, after: Event.Position = Event.start) =>
  Stream.paginateChunkEffect(after, (position) =>
    Effect.map(page(server, context, position), (events) => [
      events,
      Option.filterMap(Chunk.last(events), (last) =>
        Chunk.size(events) < pageSize ? Option.none() : Option.some(last.position))
    ]))
