import { assert, describe, it } from "@effect/vitest"
import { eventId, Position, type RecordedEvent, start, StreamId, Version } from "@saucier/eventsourcing/Event"
import * as PagedFeed from "@saucier/eventsourcing/PagedFeed"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"

const stream = StreamId.make("one")

const event = (n: number): RecordedEvent => ({
  eventId: eventId(stream, n),
  streamId: stream,
  version: Version.make(n),
  position: Position.make(String(n)),
  type: "Counted",
  schemaVersion: 1,
  data: n,
  commandId: CommandId.make(`command-${n}`),
  correlationId: "correlation",
  causationId: null,
  actor: "test",
  occurredAt: 0,
  traceparent: null
})

/** A log whose pages take a millisecond, and wait at a gate when there is one. */
const world = Effect.gen(function*() {
  const log: Array<RecordedEvent> = []
  const gate = yield* Effect.makeLatch(true)
  const seen = { pages: 0, broken: 0 }
  const page = (after: Position, limit: number): Effect.Effect<ReadonlyArray<RecordedEvent>, "unavailable"> =>
    Effect.suspend(() => {
      seen.pages++
      const found = log.slice(Number(after), Number(after) + limit)
      return gate.await.pipe(
        Effect.zipRight(Effect.sleep(1)),
        Effect.zipRight(seen.broken-- > 0 ? Effect.fail("unavailable" as const) : Effect.succeed(found))
      )
    })
  const feed = yield* PagedFeed.make(page)
  const commit = Effect.suspend(() => {
    log.push(event(log.length + 1))
    return feed.wake
  })
  const follow = (count: number) =>
    feed.from(start).pipe(
      Stream.take(count),
      Stream.runCollect,
      Effect.map((events) => Array.from(events, ({ data }) => data)),
      Effect.fork
    )
  return { seen, gate, feed, commit, follow }
})

describe("PagedFeed", () => {
  it.scopedLive("reads one page for all who wait at the same place", () =>
    Effect.gen(function*() {
      const { commit, follow, seen } = yield* world
      const readers = yield* Effect.replicateEffect(follow(3), 10)
      for (let n = 0; n < 3; n++) {
        yield* Effect.sleep(20)
        yield* commit
      }
      for (const reader of readers) assert.deepStrictEqual(yield* Fiber.join(reader), [1, 2, 3])
      // One at the beginning, and after each event one with it and one that is empty; the last of these is not asked for.
      assert.strictEqual(seen.pages, 6)
    }))

  it.scopedLive("reads anew for who comes after a commit, though a page of before is still on its way", () =>
    Effect.gen(function*() {
      const { commit, follow, gate } = yield* world
      yield* gate.close
      const early = yield* follow(1)
      yield* Effect.sleep(5)
      yield* commit
      const late = yield* follow(1)
      yield* Effect.sleep(5)
      yield* gate.open
      assert.deepStrictEqual(yield* Fiber.join(late), [1])
      assert.deepStrictEqual(yield* Fiber.join(early), [1])
    }))

  it.scopedLive("goes on for the others when the one who reads for them is interrupted", () =>
    Effect.gen(function*() {
      const { commit, follow, gate } = yield* world
      yield* commit
      yield* gate.close
      const first = yield* follow(1)
      yield* Effect.sleep(5)
      const second = yield* follow(1)
      yield* Effect.sleep(5)
      yield* Fiber.interrupt(first)
      yield* gate.open
      assert.deepStrictEqual(yield* Fiber.join(second), [1])
    }))

  it.scopedLive("forgets a page that could not be read", () =>
    Effect.gen(function*() {
      const { commit, follow, seen } = yield* world
      yield* commit
      seen.broken = 1
      assert.strictEqual(yield* Effect.flip(Fiber.join(yield* follow(1))), "unavailable")
      assert.deepStrictEqual(yield* Fiber.join(yield* follow(1)), [1])
    }))
})
