import { assert, describe, it } from "@effect/vitest"
import * as Contexts from "@saucier/assembly/Contexts"
import * as ReconciliationRun from "@saucier/assembly/ReconciliationRun"
import { StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import * as OperatorEntityLive from "@saucier/eventsourcing/OperatorEntityLive"
import * as ParkedEventsMemory from "@saucier/eventsourcing/ParkedEventsMemory"
import { CommandId } from "@saucier/kernel/CommandMeta"
import { ProviderLedger } from "@saucier/payment/ProviderLedger"
import * as Cluster from "@saucier/runtime/Cluster"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** Three empty logs but for what a test appends to the orders', and a ledger that answers when `opened` is over. */
const books = (opened: Effect.Effect<void>) =>
  Effect.gen(function*() {
    const orders = EventStoreMemory.layer("order")
    const operator = (context: string, log: typeof orders) =>
      OperatorEntityLive.layer(context).pipe(
        Layer.provide(log),
        Layer.provide(Layer.fresh(ParkedEventsMemory.layer))
      )
    const operators = Layer.mergeAll(
      operator("order", orders),
      operator("payment", EventStoreMemory.layer("payment")),
      operator("delivery", EventStoreMemory.layer("delivery"))
    )
    const ledger = ProviderLedger.of({ page: () => Effect.as(opened, { items: [], next: null }) })
    const context = yield* Layer.build(
      ReconciliationRun.layer.pipe(
        Layer.provideMerge(operators),
        Layer.provideMerge(orders),
        Layer.provide(Layer.succeed(ProviderLedger, ledger)),
        Layer.provide(Cluster.single(Contexts.contexts))
      )
    )
    const { start, status } = Context.get(context, ReconciliationRun.ReconciliationRun)
    const atRest: typeof status = Effect.flatMap(
      status,
      (now) => now.running === null ? Effect.succeed(now) : Effect.delay(atRest, "10 millis")
    )
    return { start, status, atRest, orders: Context.get(context, EventStore) }
  })

describe("a comparison of the books", () => {
  it.scopedLive("is one for all who ask while it is under way, and tells how far it is", () =>
    Effect.gen(function*() {
      const gate = yield* Effect.makeLatch()
      const { atRest, start, status } = yield* books(gate.await)
      const [first, second, third] = [yield* status, yield* start, yield* status]
      assert.deepInclude(first.running, { book: "provider", read: 0, expected: null })
      assert.deepStrictEqual(second, first)
      assert.deepStrictEqual(third, first)
      yield* gate.open
      const { last } = yield* atRest
      assert.deepStrictEqual(last?.startedAt, first.running?.startedAt)
      assert.strictEqual(last?.verdict, "agree")
      assert.deepStrictEqual((yield* status).last, last)
      assert.notDeepEqual((yield* start).running?.startedAt, undefined)
    }))

  it.scopedLive("names the event that it cannot read, and keeps what the one before came to", () =>
    Effect.gen(function*() {
      const { atRest, orders, start, status } = yield* books(Effect.void)
      yield* status
      const before = yield* atRest
      yield* orders.append({
        streamId: StreamId.make("order-ord_01m82f82jafsf9wwh0atkns8r4"),
        expected: Version.make(0),
        commandId: CommandId.make("damage"),
        events: [{ type: "OrderRegistered", schemaVersion: 1, data: { torn: true } }],
        meta: { correlationId: "", causationId: null, actor: "", occurredAt: 0, traceparent: null }
      })
      yield* start
      const { failure, last } = yield* atRest
      assert.include(
        failure?.detail,
        "order-ord_01m82f82jafsf9wwh0atkns8r4 OrderRegistered v1 cannot be read"
      )
      assert.deepStrictEqual(last, before.last)
    }))
})
