import { assert, describe, it } from "@effect/vitest"
import { CheckpointMoved, Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import { type Position, start, StreamId } from "@saucier/eventsourcing/Event"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import type { FeedEvent } from "@saucier/eventsourcing/Feed"
import { type ParkedEvent, ParkedEvents } from "@saucier/eventsourcing/ParkedEvents"
import * as ParkedEventsMemory from "@saucier/eventsourcing/ParkedEventsMemory"
import * as Projection from "@saucier/eventsourcing/Projection"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { eventually, inVirtualTime, makeLog, type Noted, unavailable } from "./SubscriptionWorld.ts"

/** A database whose transactions roll back, and whose acknowledgements can get lost. */
const makeDatabase = () => {
  const database = {
    rows: new Map<string, ReadonlyArray<number>>(),
    position: start,
    commits: 0,
    largest: 0,
    /** Commits that are refused, and commits that take effect and yet fail. */
    refuse: 0,
    lose: 0
  }
  const checkpoints = Effect.map(ParkedEvents, (parked) => {
    const rollback = (rows: typeof database.rows, entries: ReadonlyArray<ParkedEvent>) =>
      Effect.gen(function*() {
        database.rows = rows
        for (const { event, subscription } of yield* parked.list()) {
          yield* parked.remove(subscription, event.eventId)
        }
        for (const entry of entries) {
          yield* parked.park(entry)
          if (entry.request !== null) {
            yield* parked.request(entry.subscription, entry.event.streamId, entry.request)
          }
        }
      })
    const alone = Effect.unsafeMakeSemaphore(1).withPermits(1)
    const commit = <A, E, R>(_: string, position: Position, write: Effect.Effect<A, E, R>) =>
      Effect.gen(function*() {
        const rows = new Map(database.rows)
        const entries = yield* parked.list()
        const wrote = yield* Effect.gen(function*() {
          const wrote = yield* write
          if (database.refuse === 0) return wrote
          database.refuse -= 1
          return yield* unavailable
        }).pipe(Effect.onError(() => Effect.orDie(rollback(rows, entries))))
        database.position = position
        database.commits += 1
        if (database.lose === 0) return wrote
        database.lose -= 1
        return yield* unavailable
      })
    return {
      load: () => Effect.sync(() => database.position),
      commit,
      advance: <A, E, R>(
        subscription: string,
        from: Position,
        position: Position,
        write: Effect.Effect<A, E, R>
      ) =>
        alone(
          Effect.suspend((): Effect.Effect<A, E | CheckpointMoved | EventStoreUnavailable, R> =>
            database.position === from
              ? commit(subscription, position, write)
              : new CheckpointMoved({ subscription })
          )
        )
    }
  })
  return {
    database,
    layer: Layer.provideMerge(Layer.effect(Checkpoints, checkpoints), ParkedEventsMemory.layer)
  }
}

/** Adds every version to its stream's row, which shows an event that is missed, repeated or out of order. */
const adding = () => {
  const { database, layer } = makeDatabase()
  const log = makeLog(600)
  const poison = new Set<string>()
  const projection = Projection.make({
    name: "v",
    feed: log.feed,
    handles: (type) => type !== "Other",
    handleBatch: (events: ReadonlyArray<FeedEvent<Noted>>) =>
      Effect.forEach(events, ({ event, recorded }) =>
        Effect.suspend(() => {
          database.largest = Math.max(database.largest, events.length)
          const row = database.rows.get(recorded.streamId) ?? []
          database.rows.set(recorded.streamId, [...row, event.n])
          return poison.has(recorded.eventId) ? Effect.fail(`no ${recorded.eventId}`) : Effect.void
        }), { discard: true })
  })
  return { database, layer, log, poison, projection }
}

type World = ReturnType<typeof adding>

const test = <A, E>(title: string, body: (world: World) => Effect.Effect<A, E, Checkpoints | ParkedEvents>) =>
  it.effect(title, () =>
    Effect.suspend(() => {
      const world = adding()
      return inVirtualTime(Effect.provide(body(world), world.layer))
    }))

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)
const parkedIds = Effect.flatMap(
  ParkedEvents,
  (parked) => Effect.map(parked.list("v"), (all) => all.map(({ event }) => event.eventId))
)

describe("Projection", () => {
  test("writes batches of at most 256 events, each in one transaction with the checkpoint", (world) =>
    Effect.gen(function*() {
      const { database, log, projection } = world
      for (let i = 0; i < 1200; i++) log.append(`s${i % 3}`)
      yield* Effect.fork(Projection.run(projection))
      yield* eventually(() => database.position === log.head())
      for (const stream of ["s0", "s1", "s2"]) assert.deepStrictEqual(database.rows.get(stream), upTo(400))
      assert.strictEqual(database.largest, 256)
      assert.isAtMost(database.commits, 8)
      log.append("s0")
      yield* eventually(() => database.position === log.head())
      assert.deepStrictEqual(database.rows.get("s0"), upTo(401))
    }))

  test("takes in one transaction what came while it rested, and rests from no backlog", (world) =>
    Effect.gen(function*() {
      const { database, log, projection } = world
      for (let i = 0; i < 1200; i++) log.append("a")
      yield* Effect.fork(Projection.run({ ...projection, rest: "1 second" }))
      yield* eventually(() => database.position === log.head())
      const caughtUp = database.commits
      assert.isAtMost(caughtUp, 8)
      for (let i = 0; i < 20; i++) {
        log.append("b")
        yield* Effect.sleep(50)
      }
      yield* Effect.sleep("1 second")
      assert.deepStrictEqual(database.rows.get("b"), upTo(20))
      assert.isAtMost(database.commits - caughtUp, 3)
    }))

  test("moves the checkpoint past events that it does not handle, undecoded", ({ database, log, projection }) =>
    Effect.gen(function*() {
      for (let i = 0; i < 900; i++) log.append("a", "Other")
      yield* Effect.fork(Projection.run(projection))
      yield* eventually(() => database.position === log.head())
      assert.strictEqual(log.decoded, 0)
      assert.isAtMost(database.commits, 2)
    }))

  test("handles events one by one where no batch is wanted", ({ database, log, projection }) =>
    Effect.gen(function*() {
      const seen: Array<string> = []
      const single = Projection.make({
        name: projection.name,
        feed: log.feed,
        handle: (_, recorded) => Effect.sync(() => seen.push(recorded.eventId))
      })
      for (const stream of ["a", "b", "a"]) log.append(stream)
      yield* Effect.fork(Projection.run(single))
      yield* eventually(() => database.position === log.head())
      assert.deepStrictEqual(seen, ["a/1", "b/1", "a/2"])
    }))

  test("tells its readers after each commit that wrote rows", ({ database, log, projection }) =>
    Effect.gen(function*() {
      const told: Array<Position> = []
      yield* Effect.fork(
        Projection.run({ ...projection, after: Effect.sync(() => told.push(database.position)) })
      )
      log.append("a")
      yield* eventually(() => told.length === 1)
      log.append("a", "Other")
      yield* eventually(() => database.position === "2")
      log.append("a")
      yield* eventually(() => told.length === 2)
      assert.deepStrictEqual(told, ["1", "3"])
    }))

  test("writes each event once though commits are refused, and though their acknowledgements are lost", (world) =>
    Effect.gen(function*() {
      const { database, log, projection } = world
      for (let i = 0; i < 700; i++) log.append("a")
      database.refuse = 2
      database.lose = 2
      yield* Effect.fork(Projection.run(projection))
      yield* eventually(() => database.position === log.head())
      assert.deepStrictEqual(database.rows.get("a"), upTo(700))
      assert.deepStrictEqual([database.refuse, database.lose], [0, 0])
      assert.deepStrictEqual(yield* parkedIds, [])
    }))

  test("writes each event once and in order, while a process that was replaced goes on beside its successor", (world) =>
    Effect.gen(function*() {
      const { database, log, poison, projection } = world
      poison.add("bad/2")
      yield* Effect.forEach(upTo(3), () => Effect.fork(Projection.run(projection)))
      for (const n of upTo(60)) {
        log.append(n % 3 === 0 ? "bad" : "good", n % 10 === 0 ? "Other" : "Noted")
        yield* Effect.sleep(n * 10)
      }
      yield* eventually(() => database.position === log.head())
      assert.deepStrictEqual(database.rows.get("bad"), [1])
      assert.deepStrictEqual(
        database.rows.get("good"),
        upTo(60).filter((n) => n % 3 !== 0).flatMap((n, index) => n % 10 === 0 ? [] : [index + 1])
      )
    }))

  test("parks a poisoned event and its stream behind it, keeps the others' rows, and retries by command", (world) =>
    Effect.gen(function*() {
      const { database, log, poison, projection } = world
      poison.add("bad/2")
      for (let i = 0; i < 30; i++) log.append(i % 3 === 0 ? "bad" : "good")
      yield* Effect.fork(Projection.run(projection))
      yield* eventually(() => database.position === log.head())
      assert.deepStrictEqual(database.rows.get("good"), upTo(20))
      log.append("bad")
      log.append("good")
      yield* eventually(() => database.position === log.head())
      yield* Effect.sleep("8 seconds")
      assert.deepStrictEqual(database.rows.get("good"), upTo(21))
      assert.deepStrictEqual(database.rows.get("bad"), [1])
      assert.deepStrictEqual(yield* parkedIds, upTo(11).slice(1).map((n) => `bad/${n}`))
      const [first] = yield* Effect.flatMap(ParkedEvents, (parked) => parked.list("v"))
      assert.strictEqual(first?.tries, 5)
      assert.include(first?.error, "no bad/2")
      poison.clear()
      yield* Effect.flatMap(ParkedEvents, (parked) => parked.request("v", StreamId.make("bad"), "retry"))
      yield* eventually(() => Effect.map(parkedIds, (ids) => ids.length === 0))
      log.append("bad")
      yield* eventually(() => database.position === log.head())
      assert.deepStrictEqual(database.rows.get("bad"), upTo(12))
    }))

  test("heals by itself when a failure passes before its tries are used up", ({ database, log, poison, projection }) =>
    Effect.gen(function*() {
      poison.add("a/1")
      for (let i = 0; i < 3; i++) log.append("a")
      yield* Effect.fork(Projection.run(projection))
      yield* eventually(() => Effect.map(parkedIds, (ids) => ids.length === 3))
      poison.clear()
      yield* eventually(() => Effect.map(parkedIds, (ids) => ids.length === 0))
      assert.deepStrictEqual(database.rows.get("a"), upTo(3))
    }))

  test("parks an event of a type it does not know", ({ database, log, projection }) =>
    Effect.gen(function*() {
      for (
        const [stream, type] of [["a", "Noted"], ["a", "Newer"], ["b", "Noted"], ["a", "Noted"]] as const
      ) {
        log.append(stream, type)
      }
      yield* Effect.fork(Projection.run(projection))
      yield* eventually(() => database.position === log.head())
      assert.deepStrictEqual(yield* parkedIds, ["a/2", "a/3"])
      assert.deepStrictEqual([...database.rows], [["a", [1]], ["b", [1]]])
    }))

  it.effect.prop(
    "writes each event once and in order, whatever fails, gets lost or is restarted",
    {
      streams: FastCheck.array(FastCheck.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 60 }),
      faults: FastCheck.array(
        FastCheck.record({
          after: FastCheck.integer({ min: 0, max: 700 }),
          refuse: FastCheck.integer({ min: 0, max: 2 }),
          lose: FastCheck.integer({ min: 0, max: 2 }),
          poison: FastCheck.option(
            FastCheck.tuple(FastCheck.constantFrom("a", "b"), FastCheck.integer({ min: 1, max: 9 }))
          ),
          restart: FastCheck.boolean()
        }),
        { maxLength: 6 }
      )
    },
    ({ faults, streams }) =>
      Effect.suspend(() => {
        const world = adding()
        const { database, log, poison, projection } = world
        return inVirtualTime(Effect.provide(
          Effect.gen(function*() {
            let running = yield* Effect.fork(Projection.run(projection))
            yield* Effect.fork(
              Effect.forEach(streams, (stream) => Effect.delay(Effect.sync(() => log.append(stream)), 40))
            )
            for (const { after, lose, poison: poisoned, refuse, restart } of faults) {
              yield* Effect.sleep(after)
              database.refuse = refuse
              database.lose = lose
              if (poisoned !== null) poison.add(poisoned.join("/"))
              if (!restart) continue
              yield* Fiber.interrupt(running)
              running = yield* Effect.fork(Projection.run(projection))
            }
            yield* eventually(() => log.head() === String(streams.length) && database.position === log.head())
            poison.clear()
            for (const stream of ["a", "b"]) {
              yield* Effect.flatMap(ParkedEvents, (parked) =>
                parked.request("v", StreamId.make(stream), "retry"))
            }
            yield* eventually(() =>
              Effect.map(parkedIds, (ids) => ids.length === 0)
            )
            for (const stream of new Set(streams)) {
              assert.deepStrictEqual(
                database.rows.get(stream),
                upTo(streams.filter((s) => s === stream).length)
              )
            }
          }),
          world.layer
        ))
      }),
    { fastCheck: { numRuns: 40 } }
  )
})
