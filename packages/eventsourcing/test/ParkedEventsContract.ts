/** What every adapter of ParkedEvents must hold. */
import { assert, describe, it } from "@effect/vitest"
import { eventId, Position, type RecordedEvent, StreamId, Version } from "@saucier/eventsourcing/Event"
import { type ParkedEvent, ParkedEvents } from "@saucier/eventsourcing/ParkedEvents"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"

const stream = StreamId.make("order-1")

const recorded = (streamId: StreamId, version: number): RecordedEvent => ({
  eventId: eventId(streamId, version),
  streamId,
  version: Version.make(version),
  position: Position.make(`${version}`),
  type: "Happened",
  schemaVersion: 1,
  data: { text: "it's \"quoted\" 한", nested: [null, { deep: true }] },
  commandId: CommandId.make("c"),
  correlationId: "c",
  causationId: null,
  actor: "test",
  occurredAt: 1_700_000_000_000,
  traceparent: null
})

const parked = (subscription: string, version: number, streamId = stream): Omit<ParkedEvent, "request"> => ({
  subscription,
  event: recorded(streamId, version),
  error: version === 1 ? "poison" : null,
  tries: version === 1 ? 5 : 0,
  parkedAt: 1_700_000_000_500
})

const listed = (event: Omit<ParkedEvent, "request">): ParkedEvent => ({ ...event, request: null })

export const parkedEventsContract = <E>(adapter: string, layer: Layer.Layer<ParkedEvents, E>) => {
  const test = <A, E2>(title: string, body: Effect.Effect<A, E2, ParkedEvents>) =>
    it.live(title, () => Effect.provide(body, layer))

  describe(`${adapter} as parked events`, () => {
    test(
      "gives back what was parked, by subscription, stream and version",
      Effect.gen(function*() {
        const store = yield* ParkedEvents
        const other = StreamId.make("order-0")
        const all = [parked("a", 1, other), parked("a", 1), parked("a", 2), parked("a", 10), parked("b", 1)]
        yield* Effect.forEach(all.toReversed(), store.park, { discard: true })
        assert.deepStrictEqual(yield* store.list(), all.map((event) => listed(event)))
        assert.deepStrictEqual((yield* store.list("b")).map(({ event }) => event.eventId), ["order-1/1"])
        assert.deepStrictEqual(yield* store.list("c"), [])
      })
    )

    test(
      "lists an event once, however often it was parked",
      Effect.gen(function*() {
        const store = yield* ParkedEvents
        yield* store.park(parked("a", 1))
        yield* store.park(parked("a", 1))
        assert.deepStrictEqual(yield* store.list("a"), [{ ...parked("a", 1), request: null }])
      })
    )

    test(
      "takes the error and tries of the last parking, and withdraws the request that led to it",
      Effect.gen(function*() {
        const store = yield* ParkedEvents
        const again = { ...parked("a", 1), error: "still poison", tries: 6, parkedAt: 1_700_000_001_000 }
        yield* store.park(parked("a", 1))
        yield* store.request("a", stream, "retry")
        yield* store.park(again)
        assert.deepStrictEqual(yield* store.list("a"), [{ ...again, request: null }])
      })
    )

    test(
      "marks the first event of a stream, and says when there is none",
      Effect.gen(function*() {
        const store = yield* ParkedEvents
        yield* Effect.forEach([parked("a", 2), parked("a", 1), parked("b", 1)], store.park, { discard: true })
        assert.isTrue(yield* store.request("a", stream, "retry"))
        assert.deepStrictEqual((yield* store.list()).map(({ request }) => request), ["retry", null, null])
        assert.isTrue(yield* store.request("a", stream, "skip"))
        assert.deepStrictEqual((yield* store.list("a")).map(({ request }) => request), ["skip", null])
        assert.isFalse(yield* store.request("a", StreamId.make("nobody"), "retry"))
        assert.isFalse(yield* store.request("c", stream, "retry"))
      })
    )

    test(
      "forgets one event, whether or not it was there",
      Effect.gen(function*() {
        const store = yield* ParkedEvents
        yield* Effect.forEach([parked("a", 1), parked("a", 2), parked("b", 1)], store.park, { discard: true })
        yield* store.remove("a", eventId(stream, 1))
        yield* store.remove("a", eventId(stream, 1))
        assert.deepStrictEqual(
          (yield* store.list()).map(({ event, subscription }) => [subscription, event.eventId]),
          [["a", "order-1/2"], ["b", "order-1/1"]]
        )
      })
    )
  })
}
