import { assert, describe, it } from "@effect/vitest"
import { StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore, EventStoreUnavailable, type UnavailableReason } from "@saucier/eventsourcing/EventStore"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as Health from "@saucier/runtime/Health"
import * as StoreReadiness from "@saucier/runtime/StoreReadiness"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/TestClock"

const meta = { correlationId: "c", causationId: null, actor: "test", occurredAt: 0, traceparent: null }

/** Refuses while there is a reason to. */
const world = Effect.gen(function*() {
  const trouble: { reason: UnavailableReason | null } = { reason: null }
  const failing = Layer.effect(
    EventStore,
    Effect.map(EventStore, (store) =>
      EventStore.of({
        ...store,
        append: (append) =>
          Effect.suspend(() =>
            trouble.reason === null
              ? store.append(append)
              : new EventStoreUnavailable({ store: "order", reason: trouble.reason, detail: "as told" })
          )
      }))
  ).pipe(Layer.provide(EventStoreMemory.layer("order")))
  const context = yield* Layer.build(
    StoreReadiness.layer("order").pipe(Layer.provide(failing), Layer.provideMerge(Health.layer))
  )
  const { append } = yield* Effect.provide(EventStore, context)
  const { results } = yield* Effect.provide(Health.Health, context)
  const write = (command: string) =>
    append({
      streamId: StreamId.make(`order-${command}`),
      expected: Version.make(0),
      commandId: CommandId.make(command),
      events: [{ type: "Happened", schemaVersion: 1, data: null }],
      meta
    })
  const ready = Effect.map(results, (checks) => checks.every(({ ok }) => ok))
  return { trouble, write, ready, results }
})

describe("a store", () => {
  it.scoped("that is full is not ready until it takes an event again", () =>
    Effect.gen(function*() {
      const { ready, results, trouble, write } = yield* world
      assert.isTrue(yield* ready)
      trouble.reason = "full"
      yield* Effect.flip(write("1"))
      const [check] = yield* results
      assert.deepInclude(check, { name: "store order", ok: false })
      assert.include(check?.message, "unavailable (full)")
      trouble.reason = null
      yield* write("2")
      assert.isTrue(yield* ready)
    }))

  it.scoped("is tried again after 10 seconds without orders", () =>
    Effect.gen(function*() {
      const { ready, trouble, write } = yield* world
      trouble.reason = "read-only"
      yield* Effect.flip(write("1"))
      yield* TestClock.adjust("9 seconds")
      assert.isFalse(yield* ready)
      yield* TestClock.adjust("1 second")
      assert.isTrue(yield* ready)
    }))

  it.scoped("stays ready where a write failed by what passes by itself", () =>
    Effect.gen(function*() {
      const { ready, trouble, write } = yield* world
      trouble.reason = "locked"
      yield* Effect.flip(write("1"))
      assert.isTrue(yield* ready)
    }))
})
