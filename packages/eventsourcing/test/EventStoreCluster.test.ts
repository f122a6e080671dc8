import * as MessageStorage from "@effect/cluster/MessageStorage"
import * as RunnerHealth from "@effect/cluster/RunnerHealth"
import * as Runners from "@effect/cluster/Runners"
import * as RunnerStorage from "@effect/cluster/RunnerStorage"
import * as Sharding from "@effect/cluster/Sharding"
import * as ShardingConfig from "@effect/cluster/ShardingConfig"
import { assert, describe, it } from "@effect/vitest"
import { Position, start, StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as EventStoreCluster from "@saucier/eventsourcing/EventStoreCluster"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import * as OperatorEntityLive from "@saucier/eventsourcing/OperatorEntityLive"
import * as ParkedEventsMemory from "@saucier/eventsourcing/ParkedEventsMemory"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import { eventStoreContract } from "./EventStoreContract.ts"

/** A cluster of one process, whose messages are written out as between two. */
const cluster = Sharding.layer.pipe(
  Layer.provide(Runners.layerNoop),
  Layer.provide([MessageStorage.layerMemory, RunnerStorage.layerMemory, RunnerHealth.layerNoop]),
  Layer.provide(ShardingConfig.layer({
    availableShardGroups: ["test"],
    assignedShardGroups: ["test"],
    shardsPerGroup: 4,
    entityTerminationTimeout: "1 second",
    simulateRemoteSerialization: true
  })),
  Layer.provide(Logger.minimumLogLevel(LogLevel.Error))
)

const publisher = OperatorEntityLive.layer("test").pipe(
  Layer.provideMerge(EventStoreMemory.layer()),
  Layer.provide(ParkedEventsMemory.layer)
)

/** Written to where it is hosted, and read through the cluster. */
const writtenThere = Layer.scoped(
  EventStore,
  Effect.gen(function*() {
    const { append, read } = yield* EventStore
    const remote = Context.get(yield* Layer.build(Layer.fresh(EventStoreCluster.layer("test"))), EventStore)
    return EventStore.of({ ...remote, append, read })
  })
).pipe(Layer.provide(publisher), Layer.provide(cluster))

eventStoreContract("EventStoreCluster", writtenThere)

describe("the log of another process", () => {
  it.effect("cannot be written, nor its streams read", () =>
    Effect.gen(function*() {
      const store = yield* EventStore
      const streamId = StreamId.make("a")
      const refused = [
        yield* Effect.flip(store.read(streamId, Version.make(0))),
        yield* Effect.flip(store.append({
          streamId,
          expected: Version.make(0),
          commandId: CommandId.make("c"),
          events: [],
          meta: { correlationId: "c", causationId: null, actor: "test", occurredAt: 0, traceparent: null }
        }))
      ]
      for (const error of refused) {
        assert(error._tag === "EventStoreUnavailable")
        assert.strictEqual(error.reason, "read-only")
      }
    }).pipe(Effect.provide(EventStoreCluster.layer("test")), Effect.provide(cluster)))

  it.effect("is unreachable while nobody hosts it, and says so in time", () =>
    Effect.gen(function*() {
      const store = yield* EventStore
      const reading = yield* Effect.fork(Effect.flip(Stream.runDrain(store.feed(start))))
      yield* TestClock.adjust("10 seconds")
      const error = yield* reading
      assert.strictEqual(error.reason, "unreachable")
    }).pipe(Effect.provide(EventStoreCluster.layer("test")), Effect.provide(cluster)))

  it.live("has no position of another log", () =>
    Effect.gen(function*() {
      const store = yield* EventStore
      const exit = yield* Effect.exit(store.page(Position.make("nowhere"), 1))
      assert(Exit.isFailure(exit) && Cause.isDie(exit.cause))
    }).pipe(Effect.provide(writtenThere)))
})
