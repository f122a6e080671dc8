import { assert, describe, it } from "@effect/vitest"
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import { Version } from "@saucier/eventsourcing/Event"
import { EventStore, EventStoreUnavailable, VersionConflict } from "@saucier/eventsourcing/EventStore"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scheduler from "effect/Scheduler"
import { close, fill, jarCodec, jarDecider, JarRejected, jarStream, pour } from "./AggregateJar.ts"

type Store = typeof EventStore.Service

const jar = Aggregate.make(jarStream, jarDecider, jarCodec)
const over = (store: Store) => Effect.provideService(jar, EventStore, store)
const broken = new EventStoreUnavailable({ store: "test", reason: "locked", detail: "busy" })

const recorded = Effect.flatMap(EventStore, (store) => store.read(jarStream, Version.make(0)))
const types = Effect.map(recorded, (events) => events.map(({ type }) => type))

const test = <A, E>(body: Effect.Effect<A, E, EventStore>) => () =>
  Effect.provide(body, EventStoreMemory.layer())

/** The store as it is, but its next append goes as `append` says. */
const once = (store: Store, append: (append: Store["append"]) => Store["append"]): Store => {
  let done = false
  return {
    ...store,
    append: (request) => {
      const first = !done
      done = true
      return (first ? append(store.append) : store.append)(request)
    }
  }
}

describe("an aggregate", () => {
  it.effect(
    "gives the state after each command, and finds it again when it is loaded anew",
    test(Effect.gen(function*() {
      const first = yield* jar
      assert.deepStrictEqual(yield* first.current, { state: jarDecider.initial, version: 0 })
      yield* first.execute(fill("a", 5))
      const poured = yield* first.execute(pour("b", 5))
      assert.deepStrictEqual(poured, { state: { spoons: 0, closed: false }, version: 3 })
      assert.deepStrictEqual(yield* (yield* jar).current, poured)
    }))
  )

  it.effect(
    "answers a repeat with nothing rather than from a copy of its stream that does not have it yet",
    test(Effect.gen(function*() {
      const store = yield* EventStore
      yield* (yield* jar).execute(fill("a", 5))
      let old = true
      const lagging: Store = {
        ...store,
        read: (streamId, after) => old ? Effect.succeed([]) : store.read(streamId, after)
      }
      const shell = yield* over(lagging)
      assert.instanceOf(yield* Effect.flip(shell.execute(fill("a", 5))), EventStoreUnavailable)
      old = false
      assert.strictEqual((yield* shell.execute(fill("a", 5))).version, 1)
    }))
  )

  it.effect(
    "records what a command carries with each of its events",
    test(Effect.gen(function*() {
      const shell = yield* jar
      yield* shell.execute(fill("a", 5))
      yield* shell.execute(pour("b", 5))
      const events = yield* recorded
      assert.deepStrictEqual(events.map(({ commandId, type, version }) => [commandId, type, version]), [
        ["a", "Filled", 1],
        ["b", "Poured", 2],
        ["b", "Emptied", 3]
      ])
      for (const event of events) {
        assert.deepInclude(event, { correlationId: "c", causationId: null, actor: "test", occurredAt: 0 })
      }
    }))
  )

  it.effect(
    "leaves no trace of a rejected command, nor of one that changes nothing",
    test(Effect.gen(function*() {
      const shell = yield* jar
      assert.instanceOf(yield* Effect.flip(shell.execute(pour("a", 1))), JarRejected)
      yield* shell.execute(close("b"))
      const again = yield* shell.execute(close("c"))
      assert.strictEqual(again.version, 1)
      assert.deepStrictEqual(yield* types, ["Closed"])
    }))
  )

  it.effect(
    "changes nothing at the repeat of a command, also when it would now reject it",
    test(Effect.gen(function*() {
      const shell = yield* jar
      yield* shell.execute(fill("a", 3))
      yield* shell.execute(pour("b", 2))
      const closed = yield* shell.execute(close("c"))
      for (const again of [shell, yield* jar]) {
        for (const command of [fill("a", 3), pour("b", 2), close("c")]) {
          assert.deepStrictEqual(yield* again.execute(command), closed)
        }
      }
      assert.strictEqual((yield* recorded).length, 3)
    }))
  )

  it.effect(
    "catches up with a second writer and decides again",
    test(Effect.gen(function*() {
      const [slow, fast] = [yield* jar, yield* jar]
      yield* slow.execute(fill("a", 3))
      yield* fast.execute(pour("b", 2))
      const poured = yield* slow.execute(pour("c", 1))
      assert.deepStrictEqual(poured, { state: { spoons: 0, closed: false }, version: 4 })
      yield* fast.execute(close("d"))
      const rejection = yield* Effect.flip(slow.execute(fill("e", 1)))
      assert.deepStrictEqual(rejection, new JarRejected({ reason: "closed" }))
    }))
  )

  it.effect(
    "knows a repeat of what a second writer did",
    test(Effect.gen(function*() {
      const [slow, fast] = [yield* jar, yield* jar]
      yield* slow.execute(fill("a", 3))
      const poured = yield* fast.execute(pour("b", 3))
      assert.deepStrictEqual(yield* slow.execute(pour("b", 3)), poured)
      assert.deepStrictEqual(yield* types, ["Filled", "Poured", "Emptied"])
    }))
  )

  it.effect(
    "is unavailable, after a bounded number of tries, while others are always first",
    test(Effect.gen(function*() {
      const store = yield* EventStore
      let tries = 0
      const shell = yield* over({
        ...store,
        append: ({ expected, streamId }) => {
          tries++
          return new VersionConflict({ streamId, expected, actual: Version.make(expected + 1) })
        }
      })
      assert.instanceOf(yield* Effect.flip(shell.execute(fill("a", 1))), EventStoreUnavailable)
      assert.isAtMost(tries, 20)
    }))
  )

  it.effect(
    "does a command once when its append failed before the commit and is tried again",
    test(Effect.gen(function*() {
      const shell = yield* over(once(yield* EventStore, () => () => broken))
      assert.strictEqual(yield* Effect.flip(shell.execute(fill("a", 3))), broken)
      assert.deepStrictEqual(yield* shell.current, { state: jarDecider.initial, version: 0 })
      const filled = yield* shell.execute(fill("a", 3))
      assert.deepStrictEqual(filled, { state: { spoons: 3, closed: false }, version: 1 })
    }))
  )

  it.effect(
    "does a command once when its append failed after the commit and is tried again",
    test(Effect.gen(function*() {
      const lost = (append: Store["append"]): Store["append"] => (request) =>
        Effect.zipRight(append(request), broken)
      const shell = yield* over(once(yield* EventStore, lost))
      assert.strictEqual(yield* Effect.flip(shell.execute(close("a"))), broken)
      const closed = yield* shell.execute(close("a"))
      assert.deepStrictEqual(closed, { state: { spoons: 0, closed: true }, version: 1 })
      assert.deepStrictEqual(yield* types, ["Closed"])
    }))
  )

  it.effect(
    "tells the truth to the next reader after an append whose outcome was lost",
    test(Effect.gen(function*() {
      const lost = (append: Store["append"]): Store["append"] => (request) =>
        Effect.zipRight(append(request), broken)
      const shell = yield* over(once(yield* EventStore, lost))
      yield* Effect.flip(shell.execute(close("a")))
      assert.strictEqual((yield* shell.current).version, 1)
      assert.instanceOf(yield* Effect.flip(shell.execute(fill("b", 1))), JarRejected)
    }))
  )

  it.effect(
    "tells the truth also when a reader looked before the append whose outcome was lost",
    test(Effect.gen(function*() {
      const store = yield* EventStore
      const [looked, told] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      const [asked, answer] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      let slow = false
      const shell = yield* over(once({
        ...store,
        read: (streamId, after) =>
          slow
            ? store.read(streamId, after).pipe(
              Effect.zipLeft(Deferred.succeed(looked, undefined)),
              Effect.zipLeft(Deferred.await(told))
            )
            : store.read(streamId, after)
      }, (append) => (request) =>
        Deferred.succeed(asked, undefined).pipe(
          Effect.zipRight(Deferred.await(answer)),
          Effect.zipRight(append(request)),
          Effect.zipRight(broken)
        )))
      yield* shell.current
      const caller = yield* Effect.fork(Effect.flip(shell.execute(close("a"))))
      yield* Deferred.await(asked)
      slow = true
      const reader = yield* Effect.fork(shell.current)
      yield* Deferred.await(looked)
      slow = false
      yield* Deferred.succeed(answer, undefined)
      yield* Fiber.join(caller)
      yield* Deferred.succeed(told, undefined)
      yield* Fiber.join(reader)
      assert.strictEqual((yield* shell.current).version, 1)
    }))
  )

  it.effect(
    "does a command once when it was interrupted while it was written",
    test(Effect.gen(function*() {
      const committed = yield* Deferred.make<void>()
      const hangs = (append: Store["append"]): Store["append"] => (request) =>
        append(request).pipe(
          Effect.zipRight(Deferred.succeed(committed, undefined)),
          Effect.zipRight(Effect.never)
        )
      const shell = yield* over(once(yield* EventStore, hangs))
      const caller = yield* Effect.fork(shell.execute(fill("a", 3)))
      yield* Deferred.await(committed)
      yield* Fiber.interrupt(caller)
      assert.strictEqual((yield* shell.execute(pour("b", 1))).version, 2)
      assert.strictEqual((yield* shell.execute(fill("a", 3))).version, 2)
      assert.deepStrictEqual(yield* types, ["Filled", "Poured"])
    }))
  )

  it.effect(
    "begins a stream without reading it",
    test(Effect.gen(function*() {
      const store = yield* EventStore
      const shell = yield* over({ ...store, read: () => Effect.dieMessage("there is nothing to read") })
      assert.strictEqual((yield* shell.execute(fill("a", 5))).version, 1)
      assert.strictEqual((yield* shell.execute(pour("b", 2))).version, 2)
    }))
  )

  it.effect(
    "takes a stream that it has not read for empty no longer than the store agrees",
    test(Effect.gen(function*() {
      yield* (yield* jar).execute(fill("a", 5))
      const filled = yield* jar
      assert.deepStrictEqual(yield* filled.execute(fill("b", 1)), {
        state: { spoons: 6, closed: false },
        version: 2
      })
      yield* (yield* jar).execute(close("c"))
      const closed = yield* jar
      assert.instanceOf(yield* Effect.flip(closed.execute(fill("d", 1))), JarRejected)
      const again = yield* jar
      assert.deepStrictEqual(yield* again.record(fill("a", 5)), {
        snapshot: { state: { spoons: 6, closed: true }, version: 3 },
        appended: false
      })
      assert.deepStrictEqual(yield* types, ["Filled", "Filled", "Closed"])
    }))
  )

  it.effect(
    "does not append what it decided on an older state than a reader has found meanwhile",
    test(Effect.gen(function*() {
      const decided = yield* Effect.makeLatch(false)
      let turn = false
      /** Gives way to the reader once, right after the decision. */
      const yielding = Scheduler.makeBatched((run) => setImmediate(run), () => {
        const due = turn
        turn = false
        return due ? 0 : false
      })
      const telling: typeof jarDecider = {
        ...jarDecider,
        decide: (command, state) => {
          turn = state === jarDecider.initial
          decided.unsafeOpen()
          return jarDecider.decide(command, state)
        }
      }
      const slow = yield* Aggregate.make(jarStream, telling, jarCodec)
      yield* (yield* jar).execute(close("a"))
      const reader = yield* Effect.fork(Effect.zipRight(decided.await, slow.current))
      yield* Effect.yieldNow()
      const filled = Effect.withScheduler(slow.execute(fill("b", 1)), yielding)
      assert.deepStrictEqual(yield* Effect.flip(filled), new JarRejected({ reason: "closed" }))
      assert.strictEqual((yield* Fiber.join(reader)).version, 1)
      assert.deepStrictEqual(yield* types, ["Closed"])
    }))
  )

  it.effect(
    "is unavailable while its stream cannot be read, and recovers",
    test(Effect.gen(function*() {
      const store = yield* EventStore
      let failures = 2
      const shell = yield* over({
        ...store,
        read: (streamId, after) => (failures-- > 0 ? broken : store.read(streamId, after))
      })
      assert.strictEqual(yield* Effect.flip(shell.current), broken)
      assert.strictEqual(yield* Effect.flip(shell.execute(pour("a", 1))), broken)
      assert.strictEqual((yield* shell.execute(fill("b", 1))).version, 1)
    }))
  )

  it.effect(
    "shows a reader only what is committed while a command is being written",
    test(Effect.gen(function*() {
      const [asked, answer] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      const waits = (append: Store["append"]): Store["append"] => (request) =>
        Deferred.succeed(asked, undefined).pipe(
          Effect.zipRight(Deferred.await(answer)),
          Effect.zipRight(append(request))
        )
      const shell = yield* over(once(yield* EventStore, waits))
      const caller = yield* Effect.fork(shell.execute(fill("a", 3)))
      yield* Deferred.await(asked)
      assert.strictEqual((yield* shell.current).version, 0)
      yield* Deferred.succeed(answer, undefined)
      assert.strictEqual((yield* Fiber.join(caller)).version, 1)
      assert.strictEqual((yield* shell.current).version, 1)
    }))
  )

  it.effect(
    "stops at a stored event that it cannot read",
    test(Effect.gen(function*() {
      const store = yield* EventStore
      const { commandId, ...meta } = { ...fill("a", 1).meta, occurredAt: 0, traceparent: null }
      const events = [{ type: "Spilt", schemaVersion: 1, data: {} }]
      yield* store.append({ streamId: jarStream, expected: Version.make(0), commandId, events, meta })
      const exit = yield* Effect.exit((yield* jar).current)
      assert.isTrue(Exit.isFailure(exit) && exit.cause._tag === "Die")
    }))
  )
})
