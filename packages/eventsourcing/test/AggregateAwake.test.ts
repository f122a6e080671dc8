import { assert, describe, it } from "@effect/vitest"
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { close, fill, jarCodec, jarDecider, jarStream } from "./AggregateJar.ts"

/** The shell of an actor, and how it is sent away. */
const wake = Effect.gen(function*() {
  const store = yield* EventStore
  const scope = yield* Scope.make()
  const shell = yield* Aggregate.awake(store, jarStream, jarDecider, jarCodec).pipe(
    Effect.provideService(Scope.Scope, scope)
  )
  return { ...shell, leave: Scope.close(scope, Exit.void) }
})

/** A store that counts how often it is read. */
const counted = Effect.map(EventStore, (store) => {
  const counter = { reads: 0 }
  const read: typeof store.read = (streamId, after) =>
    Effect.suspend(() => {
      counter.reads += 1
      return store.read(streamId, after)
    })
  return { counter, store: { ...store, read } }
})

const test = <A, E>(body: Effect.Effect<A, E, EventStore>) => () =>
  Effect.provide(body, EventStoreMemory.layer())

describe("an actor that wakes while the last one of its id has a message in hand", () => {
  it.effect(
    "answers from what the other writes meanwhile",
    test(Effect.gen(function*() {
      const before = yield* wake
      const after = yield* wake
      assert.strictEqual((yield* after.current).version, 0)
      yield* before.execute(fill("a", 2))
      assert.strictEqual((yield* after.current).version, 1)
      yield* before.execute(close("b"))
      assert.isTrue(yield* after.knows(close("b").meta.commandId))
    }))
  )

  it.effect(
    "answers, when the other has left, from what it wrote last",
    test(Effect.gen(function*() {
      const before = yield* wake
      const after = yield* wake
      yield* after.execute(fill("a", 2))
      yield* before.execute(fill("b", 2))
      yield* before.leave
      assert.strictEqual((yield* after.current).version, 2)
    }))
  )

  it.effect(
    "keeps its own counsel as soon as it is alone",
    test(Effect.gen(function*() {
      const { counter, store } = yield* counted
      yield* Effect.gen(function*() {
        const before = yield* wake
        const after = yield* wake
        yield* before.leave
        yield* after.execute(fill("a", 2))
        yield* after.current
        assert.strictEqual(counter.reads, 0)
      }).pipe(Effect.provideService(EventStore, store))
    }))
  )

  it.effect(
    "does not mind an actor of another process",
    test(Effect.gen(function*() {
      const elsewhere = yield* Effect.map(counted, ({ store }) => store)
      yield* Effect.provideService(wake, EventStore, elsewhere)
      const { counter, store } = yield* counted
      yield* Effect.gen(function*() {
        const here = yield* wake
        yield* here.execute(fill("a", 2))
        yield* here.current
        assert.strictEqual(counter.reads, 0)
      }).pipe(Effect.provideService(EventStore, store))
    }))
  )
})
