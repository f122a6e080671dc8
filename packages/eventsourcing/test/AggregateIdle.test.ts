import { assert, describe, it } from "@effect/vitest"
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/TestClock"
import { close, fill, jarCodec, jarDecider, jarStream, pour } from "./AggregateJar.ts"

const shell = Aggregate.make(jarStream, jarDecider, jarCodec)

describe("a shell that slept while another wrote", () => {
  it.effect("answers from the store and not from what it remembers", () =>
    Effect.gen(function*() {
      const sleeper = yield* shell
      yield* sleeper.execute(fill("a", 2))
      const other = yield* shell
      yield* other.execute(close("b"))
      yield* TestClock.adjust("6 seconds")
      assert.deepInclude((yield* sleeper.current).state, { closed: true })
    }).pipe(Effect.provide(EventStoreMemory.layer())))

  it.effect("accepts what only the other's write made possible", () =>
    Effect.gen(function*() {
      const sleeper = yield* shell
      yield* sleeper.current
      const other = yield* shell
      yield* other.execute(fill("a", 5))
      yield* TestClock.adjust("6 seconds")
      assert.deepInclude((yield* sleeper.execute(pour("b", 2))).state, { spoons: 3 })
    }).pipe(Effect.provide(EventStoreMemory.layer())))

  it.effect("answers from the store when it slept between its commit and hearing of it", () =>
    Effect.gen(function*() {
      const store = yield* EventStore
      const sleeper = Aggregate.within(
        { ...store, append: (append) => Effect.tap(store.append(append), () => Effect.sleep("9 seconds")) },
        jarStream,
        jarDecider,
        jarCodec
      )
      const filling = yield* Effect.fork(sleeper.execute(fill("a", 2)))
      yield* TestClock.adjust("1 second")
      const other = yield* shell
      yield* other.execute(close("b"))
      yield* TestClock.adjust("8 seconds")
      yield* Fiber.join(filling)
      assert.deepInclude((yield* sleeper.current).state, { closed: true })
    }).pipe(Effect.provide(EventStoreMemory.layer())))
})
