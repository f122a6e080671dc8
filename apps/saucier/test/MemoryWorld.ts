/** Orders, payments and deliveries in one process on memory, before a provider of its own. */
import * as Contexts from "@saucier/assembly/Contexts"
import * as Feeds from "@saucier/assembly/Feeds"
import * as CheckpointsMemory from "@saucier/eventsourcing/CheckpointsMemory"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import * as ParkedEventsMemory from "@saucier/eventsourcing/ParkedEventsMemory"
import * as RemindersMemory from "@saucier/eventsourcing/RemindersMemory"
import * as SqliteStore from "@saucier/eventstore-sql/SqliteStore"
import { BranchId, Quantity, SauceId } from "@saucier/kernel/Goods"
import * as Ids from "@saucier/kernel/Ids"
import { MinorUnits } from "@saucier/kernel/Money"
import * as RequestMeta from "@saucier/kernel/RequestMeta"
import * as TypeId from "@saucier/kernel/TypeId"
import { OrderEntity } from "@saucier/order/OrderEntity"
import * as ProtectedProvider from "@saucier/payment/ProtectedProvider"
import type { Preset } from "@saucier/payment/ProviderPresets"
import * as LedgerPages from "@saucier/provider/LedgerPages"
import * as Presets from "@saucier/provider/Presets"
import * as StandIn from "@saucier/provider/StandIn"
import { ResilienceConfig } from "@saucier/resilience/ResilienceConfig"
import * as Cluster from "@saucier/runtime/Cluster"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

type Append = typeof EventStore.Service["append"]

/** A context's ports on memory, whose appends may be changed. */
export const memory = (name: string, change: (append: Append) => Append = (append) => append) =>
  Layer.mergeAll(
    Layer.effect(
      EventStore,
      Effect.map(EventStore, (store) => EventStore.of({ ...store, append: change(store.append) }))
    ).pipe(Layer.provide(Layer.fresh(EventStoreMemory.layer(name)))),
    Layer.fresh(CheckpointsMemory.layer),
    Layer.fresh(ParkedEventsMemory.layer),
    Layer.fresh(RemindersMemory.layer)
  )

export const world = (
  order: ReturnType<typeof memory>,
  payment: ReturnType<typeof memory>,
  preset: Preset = "instant",
  lostReplyRate = 0
) => {
  const delivery = SqliteStore.layer({ filename: ":memory:", name: "delivery" })
  const bank = Layer.merge(StandIn.layer, LedgerPages.layer).pipe(
    Layer.provide(memory("provider")),
    Layer.provideMerge(Presets.layer(preset, lostReplyRate))
  )
  const provider = ProtectedProvider.layer(new ResilienceConfig({})).pipe(Layer.provideMerge(bank))
  return Layer.mergeAll(
    Contexts.order.pipe(Layer.provide(order)),
    Contexts.payment.pipe(Layer.provide(provider), Layer.provide(payment)),
    Contexts.delivery.pipe(Layer.provide(delivery)),
    order,
    provider
  ).pipe(
    Layer.provide(Feeds.layer({ order, payment, delivery })),
    Layer.provideMerge(Cluster.single(Contexts.contexts))
  )
}

/** Places one order, as the gateway does. */
export const place = Effect.gen(function*() {
  const orders = yield* OrderEntity.client
  const orderId = Ids.orderId(yield* TypeId.generate)
  const order = orders(orderId)
  const placed = yield* order.PlaceOrder({
    meta: yield* RequestMeta.make(`place:${orderId}`, "branch:1"),
    orderId,
    goods: { branchId: BranchId.make("1"), sauceId: SauceId.make("1"), quantity: Quantity.make(1) },
    price: { amount: MinorUnits.make(10_000), currency: "KRW" },
    deadline: (yield* Clock.currentTimeMillis) + 4000
  })
  return { order, placed }
})

export type Placed = Effect.Effect.Success<typeof place>["order"]

export const untilStatus = (order: Placed, status: string): Effect.Effect<void, unknown> =>
  Effect.flatMap(order.GetOrder(), ({ state }) =>
    state._tag === "Order" && state.status === status
      ? Effect.void
      : Effect.delay(untilStatus(order, status), "50 millis"))
