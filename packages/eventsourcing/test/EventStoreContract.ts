/** What every adapter of EventStore must hold. Each test builds the layer anew and expects an empty store. */
import { assert, describe, it } from "@effect/vitest"
import {
  type NewEvent,
  type Position,
  type RecordedEvent,
  start,
  StreamId,
  Version
} from "@saucier/eventsourcing/Event"
import { type Append, EventStore, type EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as Arbitrary from "effect/Arbitrary"
import * as Array from "effect/Array"
import * as Chunk from "effect/Chunk"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import type * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"

const meta = {
  correlationId: "c",
  causationId: null,
  actor: "test",
  occurredAt: 1_700_000_000_000,
  traceparent: null
}

const event = (data: unknown = {}): NewEvent => ({ type: "Happened", schemaVersion: 1, data })

const appendOf = (
  stream: string,
  expected: number,
  command: string,
  ...events: ReadonlyArray<NewEvent>
): Append => ({
  streamId: StreamId.make(stream),
  expected: Version.make(expected),
  commandId: CommandId.make(command),
  events: events.length === 0 ? [event(command)] : events,
  meta
})

const append = (...parameters: Parameters<typeof appendOf>) =>
  Effect.flatMap(EventStore, (store) => store.append(appendOf(...parameters)))

const read = (stream: string, after = 0) =>
  Effect.flatMap(EventStore, (store) => store.read(StreamId.make(stream), Version.make(after)))

const takeFeed = (after: Position, count: number) =>
  Effect.flatMap(
    EventStore,
    (store) => Effect.map(Stream.runCollect(Stream.take(store.feed(after), count)), Chunk.toReadonlyArray)
  )

const everything = Effect.flatMap(EventStore, (store) => store.page(start, 100_000))

const versions = (events: ReadonlyArray<RecordedEvent>) => events.map(({ version }) => Number(version))
const ids = (events: ReadonlyArray<RecordedEvent>) => events.map(({ eventId }) => eventId)
const upTo = (count: number) => Array.makeBy(count, (index) => index + 1)

/** As a writer does that lost: look where the stream stands now, and try again there. */
const insist = (
  stream: string,
  command: string,
  expected = 0
): Effect.Effect<void, EventStoreUnavailable, EventStore> =>
  append(stream, expected, command).pipe(
    Effect.catchTag("VersionConflict", ({ actual }) => insist(stream, command, actual)),
    Effect.asVoid
  )

/** JSON as it comes out of a codec. Minus zero is not JSON's. */
const json = FastCheck.jsonValue({ maxDepth: 4, stringUnit: "binary" }).map((value): unknown =>
  JSON.parse(JSON.stringify(value))
)
const text = FastCheck.string({ minLength: 1, maxLength: 40, unit: "grapheme" }).map((text) =>
  text + "'\"\\;--\u0000\n한"
)
const anyAppend = FastCheck.record({
  streamId: text.map((text) => StreamId.make(text)),
  commandId: text.map((text) => CommandId.make(text)),
  events: FastCheck.array(
    FastCheck.record({ type: text, schemaVersion: Arbitrary.make(Schema.Int), data: json }),
    { minLength: 1, maxLength: 90 }
  ),
  meta: FastCheck.record({
    correlationId: text,
    causationId: FastCheck.option(text),
    actor: text,
    occurredAt: FastCheck.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    traceparent: FastCheck.option(text),
    runner: text
  }, { requiredKeys: ["correlationId", "causationId", "actor", "occurredAt", "traceparent"] })
})

export const eventStoreContract = <E>(adapter: string, layer: Layer.Layer<EventStore, E>) => {
  const test = <A, E2>(title: string, body: Effect.Effect<A, E2, EventStore>) =>
    it.live(title, () => Effect.scoped(Effect.provide(body, layer)))

  describe(`${adapter} as an event store`, () => {
    test(
      "gives its newest events in log order, and all of them where there are fewer",
      Effect.gen(function*() {
        const store = yield* EventStore
        assert.deepStrictEqual(yield* store.newest(3), [])
        yield* Effect.forEach(upTo(5), (n) => append(`stream-${n}`, 0, `command-${n}`, event(n), event(-n)))
        const log = yield* everything
        assert.deepStrictEqual(yield* store.newest(3), log.slice(-3))
        assert.deepStrictEqual(yield* store.newest(100), log)
      })
    )

    test(
      "records events with their place, and gives them back in order",
      Effect.gen(function*() {
        const one = yield* append("a", 0, "1", event("x"), event("y"))
        const two = yield* append("a", 2, "2", event("z"))
        assert.isFalse(one.repeated)
        assert.deepStrictEqual(yield* read("a"), [...one.events, ...two.events])
        assert.deepStrictEqual(versions(yield* read("a")), [1, 2, 3])
        assert.deepStrictEqual(ids(yield* read("a", 1)), ["a/2", "a/3"])
        assert.deepStrictEqual(yield* read("a", 3), [])
        assert.deepStrictEqual(yield* read("nobody"), [])
      })
    )

    test(
      "refuses an append at another version, and records nothing of it",
      Effect.gen(function*() {
        yield* append("a", 0, "1")
        const early = yield* Effect.flip(append("a", 0, "2", event(), event()))
        const late = yield* Effect.flip(append("a", 2, "3"))
        assert(early._tag === "VersionConflict" && late._tag === "VersionConflict")
        assert.deepStrictEqual(
          [early.actual, late.actual, late.expected],
          [1, 1, 2].map((n) => Version.make(n))
        )
        assert.strictEqual((yield* everything).length, 1)
      })
    )

    test(
      "answers a repeat with what was recorded, also at a stale version and for other events",
      Effect.gen(function*() {
        const first = yield* append("a", 0, "1", event("x"), event("y"))
        yield* append("a", 2, "2")
        const again = yield* append("a", 0, "1", event("x"), event("y"))
        const changed = yield* append("a", 99, "1", event("other"))
        assert.deepStrictEqual(again, { repeated: true, events: first.events })
        assert.deepStrictEqual(changed, again)
        assert.strictEqual((yield* everything).length, 3)
      })
    )

    test(
      "tells the same command id on two streams apart",
      Effect.gen(function*() {
        yield* append("a", 0, "1")
        assert.isFalse((yield* append("b", 0, "1")).repeated)
      })
    )

    test(
      "records nothing for no events, but still judges the version",
      Effect.gen(function*() {
        const store = yield* EventStore
        const nothing = { ...appendOf("a", 0, "1"), events: [] }
        assert.deepStrictEqual(yield* store.append(nothing), { repeated: false, events: [] })
        assert.deepStrictEqual(yield* store.append(nothing), { repeated: false, events: [] })
        const conflict = yield* Effect.flip(store.append({ ...nothing, expected: Version.make(1) }))
        assert.strictEqual(conflict._tag, "VersionConflict")
        assert.deepStrictEqual(yield* everything, [])
      })
    )

    test(
      "keeps the events of one append together, all or none, among many writers",
      Effect.gen(function*() {
        const outcomes = yield* Effect.forEach(
          upTo(64),
          (n) => Effect.either(append("a", 0, `c${n}`, ...upTo(n).map(event))),
          { concurrency: "unbounded" }
        )
        const [winner, ...rest] = outcomes.filter(Either.isRight)
        assert(winner !== undefined && rest.length === 0)
        assert.deepStrictEqual(yield* read("a"), winner.right.events)
        assert.deepStrictEqual(yield* everything, winner.right.events)
      })
    )

    test(
      "gives 64 writers of one stream contiguous versions, one each",
      Effect.gen(function*() {
        yield* Effect.forEach(upTo(64), (n) => insist("a", `c${n}`), {
          concurrency: "unbounded",
          discard: true
        })
        const events = yield* read("a")
        assert.deepStrictEqual(versions(events), upTo(64))
        assert.strictEqual(new Set(events.map(({ commandId }) => commandId)).size, 64)
      })
    )

    test(
      "serves 64 writers of many streams, each repeating itself at once",
      Effect.gen(function*() {
        const replies = yield* Effect.forEach(
          upTo(192),
          (n) => append(`s${n % 64}`, 0, `c${n % 64}`, event(n % 64), event(n % 64)),
          { concurrency: 64 }
        )
        assert.strictEqual(replies.filter(({ repeated }) => !repeated).length, 64)
        assert.strictEqual(new Set(replies.flatMap(({ events }) => ids(events))).size, 128)
        assert.strictEqual((yield* everything).length, 128)
      })
    )

    test(
      "goes on for the others when one waiting writer is interrupted",
      Effect.gen(function*() {
        const fibers = yield* Effect.forEach(upTo(64), (n) => Effect.fork(append(`s${n}`, 0, "c")))
        yield* Effect.forEach(fibers.filter((_, index) => index % 2 === 0), Fiber.interrupt, {
          discard: true
        })
        const exits = yield* Effect.forEach(fibers.filter((_, index) => index % 2 === 1), Fiber.join)
        assert.strictEqual(exits.length, 32)
        const kept = new Set(ids(yield* everything))
        assert.isTrue(exits.flatMap(({ events }) => ids(events)).every((id) => kept.has(id)))
      })
    )

    test(
      "pages without waiting, never more than asked for",
      Effect.gen(function*() {
        const store = yield* EventStore
        assert.deepStrictEqual(yield* store.page(start, 10), [])
        yield* append("a", 0, "1", ...upTo(25).map(event))
        const all = yield* everything
        const first = yield* store.page(start, 10)
        assert.deepStrictEqual(first, all.slice(0, 10))
        for (const [index, { position }] of all.entries()) {
          assert.deepStrictEqual(yield* store.page(position, 10), all.slice(index + 1, index + 11))
        }
      })
    )

    test(
      "feeds every reader each event once and in order, wherever and whenever it starts",
      Effect.gen(function*() {
        const total = 64 * 20
        const writers = yield* Effect.fork(
          Effect.forEach(
            upTo(64),
            (n) =>
              Effect.forEach(
                upTo(20),
                (m) => Effect.zipRight(Effect.yieldNow(), append(`s${n}`, m - 1, `c${m}`))
              ),
            {
              concurrency: "unbounded",
              discard: true
            }
          )
        )
        const readers = yield* Effect.forEach(
          upTo(12),
          () => Effect.zipLeft(Effect.fork(takeFeed(start, total)), takeFeed(start, 40))
        )
        const halfway = (yield* takeFeed(start, total / 2)).at(-1)
        assert(halfway !== undefined)
        const resumed = yield* Effect.fork(takeFeed(halfway.position, total / 2))
        yield* Fiber.join(writers)
        const all = yield* everything
        assert.strictEqual(new Set(ids(all)).size, total)
        for (const reader of readers) assert.deepStrictEqual(ids(yield* Fiber.join(reader)), ids(all))
        assert.deepStrictEqual(ids(yield* Fiber.join(resumed)), ids(all.slice(total / 2)))
        for (const from of [0, 255, 256, 257, total - 2]) {
          const at = all[from]
          assert(at !== undefined)
          assert.deepStrictEqual(
            ids(yield* takeFeed(at.position, total - from - 1)),
            ids(all.slice(from + 1))
          )
        }
      })
    )

    test(
      "wakes a reader that has caught up",
      Effect.gen(function*() {
        const store = yield* EventStore
        const caughtUp = yield* Deferred.make<void>()
        yield* append("a", 0, "1")
        const reader = yield* store.feed(start).pipe(
          Stream.tap(() => Deferred.succeed(caughtUp, undefined)),
          Stream.take(2),
          Stream.runCollect,
          Effect.fork
        )
        yield* Deferred.await(caughtUp)
        yield* append("a", 1, "2")
        assert.deepStrictEqual(ids(Chunk.toReadonlyArray(yield* Fiber.join(reader))), ["a/1", "a/2"])
      })
    )

    test(
      "hands a slow reader a page at a time while writers run ahead",
      Effect.gen(function*() {
        const store = yield* EventStore
        const ahead = yield* Deferred.make<void>()
        yield* append("a", 0, "first")
        const reader = yield* store.feed(start).pipe(
          Stream.tap(() => Deferred.await(ahead)),
          Stream.chunks,
          Stream.map((chunk) => chunk.length),
          Stream.scan({ page: 0, sum: 0 }, ({ sum }, page) => ({ page, sum: sum + page })),
          Stream.takeUntil(({ sum }) => sum === 6001),
          Stream.runCollect,
          Effect.fork
        )
        yield* Effect.forEach(upTo(60), (n) => append(`s${n}`, 0, "c", ...upTo(100).map(event)), {
          concurrency: 8,
          discard: true
        })
        yield* Deferred.succeed(ahead, undefined)
        for (const { page } of yield* Fiber.join(reader)) assert.isAtMost(page, 256)
      })
    )

    it.live.prop(
      "gives back whatever was appended, to the last character",
      { first: anyAppend, second: anyAppend },
      ({ first, second }) =>
        Effect.gen(function*() {
          const store = yield* EventStore
          for (const append of [first, second]) {
            const before = yield* store.read(append.streamId, Version.make(0))
            const expected = Version.make(before.length)
            const reply = yield* store.append({ ...append, expected })
            const stored = yield* store.read(append.streamId, expected)
            if (reply.repeated) continue
            assert.deepStrictEqual(stored, reply.events)
            assert.deepStrictEqual(
              stored.map(({ data, schemaVersion, type }) => ({ type, schemaVersion, data })),
              append.events
            )
            for (const recorded of stored) {
              const { actor, causationId, commandId, correlationId, occurredAt, runner, traceparent } =
                recorded
              assert.deepStrictEqual(
                {
                  actor,
                  causationId,
                  correlationId,
                  occurredAt,
                  traceparent,
                  ...(runner === undefined ? {} : { runner })
                },
                append.meta
              )
              assert.strictEqual(commandId, append.commandId)
            }
          }
        }).pipe(Effect.provide(layer), Effect.scoped),
      { fastCheck: { numRuns: 40 } }
    )
  })
}
