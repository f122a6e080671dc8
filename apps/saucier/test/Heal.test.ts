/** What a failure in the middle leaves open is finished by itself. Contexts on memory, each behind a store that can fail. */
import { assert, describe, it } from "@effect/vitest"
import { DeliveryEntity } from "@saucier/delivery/DeliveryEntity"
import { StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore, EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import { ParkedEvents } from "@saucier/eventsourcing/ParkedEvents"
import { BranchId, Quantity, SauceId } from "@saucier/kernel/Goods"
import * as Ids from "@saucier/kernel/Ids"
import { MinorUnits } from "@saucier/kernel/Money"
import * as RequestMeta from "@saucier/kernel/RequestMeta"
import * as TypeId from "@saucier/kernel/TypeId"
import { OrderKeyEntity } from "@saucier/order/OrderKeyEntity"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { memory, place, untilStatus, world } from "./MemoryWorld.ts"

describe("an order", () => {
  it.live("whose payment could not be recorded is accepted, and paid when the store is back", () => {
    let broken = true
    const payment = memory("payment", (append) => (events) => {
      if (!broken) return append(events)
      broken = false
      return new EventStoreUnavailable({ store: "payment", reason: "full", detail: "the disk is full" })
    })
    return Effect.gen(function*() {
      const { order, placed } = yield* place
      assert.deepInclude(placed.state, { status: "PaymentPending" })
      yield* untilStatus(order, "Preparing")
    }).pipe(Effect.provide(world(memory("order"), payment)))
  })

  it.live("cancelled while delivery's first word is on its way parks nothing", () => {
    const slow = memory("order", (append) => (events) => Effect.delay(append(events), "12 millis"))
    return Effect.gen(function*() {
      const lives = Effect.gen(function*() {
        const { order } = yield* place
        yield* order.CancelOrder({
          meta: yield* RequestMeta.make("cancel", "branch:1"),
          reason: "x",
          expected: null
        })
        yield* untilStatus(order, "Cancelled")
      })
      yield* Effect.replicateEffect(lives, 20, { concurrency: "unbounded", discard: true })
      yield* Effect.sleep("3 seconds")
      assert.deepStrictEqual(yield* (yield* ParkedEvents).list(), [])
    }).pipe(Effect.provide(world(slow, memory("payment"))))
  })

  it.live("whose cancellation is asked for again, its reply being lost, is not refused for what the first one changed", () =>
    Effect.gen(function*() {
      const { order, placed } = yield* place
      const meta = yield* RequestMeta.make("cancel", "branch:1")
      const cancel = order.CancelOrder({ meta, reason: "x", expected: [placed.version] })
      const first = yield* cancel
      assert.deepInclude(yield* cancel, { state: first.state, refund: "refunded" })
    }).pipe(Effect.provide(world(memory("order"), memory("payment")))))

  it.live("that ended while the provider was away is one for all taps of that moment, and another for a later repeat", () =>
    Effect.gen(function*() {
      const key = (yield* OrderKeyEntity.client)("key")
      const meta = yield* RequestMeta.make("tap", "branch:1")
      const ask = (at: DateTime.Utc) =>
        key.PlaceOrder({
          meta: { ...meta, at },
          goods: { branchId: BranchId.make("1"), sauceId: SauceId.make("1"), quantity: Quantity.make(1) },
          price: { amount: MinorUnits.make(10_000), currency: "KRW" },
          fingerprint: "same",
          deadline: meta.at.epochMillis + 60_000
        }).pipe(Effect.map(({ state }) => state._tag === "Order" ? state.orderId : undefined))
      const taps = yield* Effect.replicateEffect(ask(meta.at), 20, { concurrency: "unbounded" })
      assert.lengthOf(new Set(taps), 1)
      const later = yield* ask(DateTime.add(meta.at, { minutes: 1 }))
      assert.notStrictEqual(later, taps[0])
    }).pipe(Effect.provide(world(memory("order"), memory("payment"), "down"))))

  it.live("whose stored events are damaged is set aside alone, and others go on", () =>
    Effect.gen(function*() {
      const suffix = yield* TypeId.generate
      const orderId = Ids.orderId(suffix)
      const deliveryId = Ids.deliveryIdOf(orderId)
      const meta = yield* RequestMeta.make(`damage:${orderId}`, "test")
      const streamId = StreamId.make(`order-${orderId}`)
      yield* (yield* EventStore).append({
        streamId,
        expected: Version.make(0),
        commandId: meta.commandId,
        events: [{ type: "OrderRegistered", schemaVersion: 1, data: {} }],
        meta: { correlationId: "test", causationId: null, actor: "test", occurredAt: 0, traceparent: null }
      })
      const goods = { branchId: BranchId.make("1"), sauceId: SauceId.make("1"), quantity: Quantity.make(1) }
      yield* (yield* DeliveryEntity.client)(deliveryId).PrepareDelivery({ meta, deliveryId, orderId, goods })
      const parked = yield* ParkedEvents
      const named = (subscription: string) =>
        Effect.repeat(parked.list(subscription), {
          until: (events) => events.length > 0,
          schedule: Schedule.spaced("50 millis")
        })
      yield* named("order.delivery")
      const set = yield* parked.list("order.delivery")
      assert.deepStrictEqual(set.map(({ event }) => event.streamId), [
        StreamId.make(`delivery-${deliveryId}`)
      ])
      const { order } = yield* place
      yield* untilStatus(order, "Preparing")
    }).pipe(Effect.provide(world(memory("order"), memory("payment")))))
})
