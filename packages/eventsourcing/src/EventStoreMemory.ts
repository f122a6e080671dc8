/** The model of every event store: a log in memory, for tests of what is built on the port. Never unavailable. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { eventId, Position, type RecordedEvent, type StreamId, Version } from "./Event.ts"
import { type Append, type Appended, EventStore, VersionConflict } from "./EventStore.ts"
import * as PagedFeed from "./PagedFeed.ts"

const make = (name: string) =>
  Effect.gen(function*() {
    const log: Array<RecordedEvent> = []
    const streams = new Map<StreamId, Array<RecordedEvent>>()
    const streamOf = (streamId: StreamId) => streams.get(streamId) ?? []

    const page = (after: Position, limit: number) => {
      const from = Number(after)
      return Number.isSafeInteger(from) && from >= 0
        ? Effect.sync(() => log.slice(from, from + limit))
        : Effect.dieMessage(`${after} is not a position of ${name}`)
    }
    const feed = yield* PagedFeed.make(page)

    const record = ({ commandId, events, expected, meta, streamId }: Append): Appended => {
      const recorded = events.map((event, index): RecordedEvent => ({
        ...meta,
        eventId: eventId(streamId, expected + index + 1),
        streamId,
        version: Version.make(expected + index + 1),
        position: Position.make(String(log.length + index + 1)),
        type: event.type,
        schemaVersion: event.schemaVersion,
        data: JSON.parse(JSON.stringify(event.data) ?? "null"),
        commandId
      }))
      streams.set(streamId, [...streamOf(streamId), ...recorded])
      for (const event of recorded) log.push(event)
      return { repeated: false, events: recorded }
    }

    return EventStore.of({
      read: (streamId, after) => Effect.sync(() => streamOf(streamId).slice(after)),
      page,
      newest: (limit) => Effect.sync(() => log.slice(Math.max(0, log.length - limit))),
      feed: feed.from,
      append: (append) =>
        Effect.uninterruptible(Effect.suspend(() => {
          const { commandId, expected, streamId } = append
          const stream = streamOf(streamId)
          const before = stream.filter((event) => event.commandId === commandId)
          if (before.length > 0) return Effect.succeed({ repeated: true, events: before })
          if (stream.length !== expected) {
            return new VersionConflict({ streamId, expected, actual: Version.make(stream.length) })
          }
          return Effect.zipLeft(Effect.sync(() => record(append)), feed.wake)
        }))
    })
  })

export const layer = (name = "memory"): Layer.Layer<EventStore> => Layer.scoped(EventStore, make(name))
