/** The cluster looks which actors are idle and sends them to sleep a step later: whom somebody asks in between is there twice. */
import * as ClusterSchema from "@effect/cluster/ClusterSchema"
import * as Entity from "@effect/cluster/Entity"
import * as TestRunner from "@effect/cluster/TestRunner"
import * as Rpc from "@effect/rpc/Rpc"
import { assert, describe, it } from "@effect/vitest"
import * as Actor from "@saucier/eventsourcing/Actor"
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import { StreamId } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/TestClock"
import { fill, jarCodec, jarDecider } from "./AggregateJar.ts"

const Pot = Entity.make("Pot", [
  Rpc.make("Fill", { payload: { command: Schema.String }, success: Schema.Number }),
  Rpc.make("Look", { success: Schema.Number })
]).annotateRpcs(ClusterSchema.Uninterruptible, true)

/** An append takes a second. `twice` hears of an actor that is built while one of its id is there. */
const potLive = (twice: (id: string) => void) =>
  Actor.layer(Effect.map(EventStore, (store) => {
    const slow: typeof store = {
      ...store,
      append: (append) => Effect.delay(store.append(append), "1 second")
    }
    const there = new Set<string>()
    const build = Effect.gen(function*() {
      const { entityId } = yield* Entity.CurrentAddress
      if (there.has(entityId)) twice(entityId)
      there.add(entityId)
      yield* Effect.addFinalizer(() => Effect.sync(() => there.delete(entityId)))
      const pot = yield* Aggregate.awake(slow, StreamId.make(`pot-${entityId}`), jarDecider, jarCodec)
      return Pot.of({
        Fill: ({ payload }) =>
          Effect.map(Effect.orDie(pot.execute(fill(payload.command, 1))), ({ version }) => version),
        Look: () => Rpc.fork(Effect.map(Effect.orDie(pot.current), ({ version }) => version))
      })
    })
    return Pot.toLayer(build, { maxIdleTime: "2 seconds", disableFatalDefects: true })
  }))

/** Who waits here goes on, one at each look at the clock, in the moment in which the cluster looks who is idle. */
const atTheMoment = Effect.map(Effect.clock, (clock) => {
  const waiting: Array<() => void> = []
  const watched: Clock.Clock = {
    [Clock.ClockTypeId]: Clock.ClockTypeId,
    unsafeCurrentTimeMillis: () => {
      const now = clock.unsafeCurrentTimeMillis()
      if (now === 10_000) waiting.pop()?.()
      return now
    },
    unsafeCurrentTimeNanos: () => clock.unsafeCurrentTimeNanos(),
    currentTimeMillis: clock.currentTimeMillis,
    currentTimeNanos: clock.currentTimeNanos,
    sleep: (duration) => clock.sleep(duration)
  }
  const moment = Effect.async<void>((resume) => void waiting.push(() => resume(Effect.void)))
  return { watched, moment }
})

describe("an actor that is asked in the moment in which it is sent to sleep", () => {
  it.effect("shows, when it was woken a second time meanwhile, no less than it has told", () =>
    Effect.gen(function*() {
      const { moment, watched } = yield* atTheMoment
      const twice: Array<string> = []
      const asked = (id: string) =>
        Effect.gen(function*() {
          const pot = (yield* Pot.client)(id)
          yield* Effect.sleep("6 seconds")
          yield* pot.Fill({ command: "a" })
          const filling = yield* Effect.fork(Effect.zipRight(moment, pot.Fill({ command: "b" })))
          yield* Effect.sleep("3100 millis")
          yield* pot.Look()
          const told = yield* Fiber.join(filling)
          return { told, seen: yield* pot.Look() }
        })
      const asking = yield* Effect.forEach(["pot-1", "pot-2", "pot-3", "pot-4"], asked, {
        concurrency: "unbounded"
      }).pipe(
        Effect.provide(
          potLive((id) => twice.push(id)).pipe(
            Layer.provideMerge(TestRunner.layer),
            Layer.provide(EventStoreMemory.layer())
          )
        ),
        Effect.withClock(watched),
        Effect.fork
      )
      for (let second = 0; second < 12; second++) yield* TestClock.adjust("1 second")
      const answers = yield* Fiber.join(asking)
      assert.isNotEmpty(twice)
      assert.deepStrictEqual(answers, answers.map(({ told }) => ({ told, seen: told })))
    }))
})
