/** The read model over a database, fed by three logs in memory. */
import * as DashboardHint from "@saucier/dashboard/DashboardHint"
import * as DashboardProjections from "@saucier/dashboard/DashboardProjections"
import * as DashboardRebuild from "@saucier/dashboard/DashboardRebuild"
import * as DashboardView from "@saucier/dashboard/DashboardView"
import { deliveryCodec } from "@saucier/delivery/DeliveryCodec"
import { DeliveryFeed } from "@saucier/delivery/DeliveryFeed"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import { type Position, start, Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import * as Feed from "@saucier/eventsourcing/Feed"
import type { FeedEvent } from "@saucier/eventsourcing/Feed"
import * as Projection from "@saucier/eventsourcing/Projection"
import { orderCodec } from "@saucier/order/OrderCodec"
import { OrderFeed } from "@saucier/order/OrderFeed"
import { paymentCodec } from "@saucier/payment/PaymentCodec"
import { PaymentFeed } from "@saucier/payment/PaymentFeed"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import type { Database } from "../../readmodel/test/Engines.ts"
import type { History } from "./OrderHistory.ts"

type Store = EventStore["Type"]

export class Logs extends Context.Tag("test/Logs")<Logs, {
  readonly order: Store
  readonly payment: Store
  readonly delivery: Store
}>() {
  static readonly layer = Layer.scoped(
    Logs,
    Effect.gen(function*() {
      const memory = (name: string) =>
        Effect.map(Layer.build(EventStoreMemory.layer(name)), (context) => Context.get(context, EventStore))
      return {
        order: yield* memory("order"),
        payment: yield* memory("payment"),
        delivery: yield* memory("delivery")
      }
    })
  )
}

const feeds = Layer.effectContext(
  Effect.map(Logs, (logs) =>
    Context.make(OrderFeed, Feed.make(logs.order, "order", orderCodec)).pipe(
      Context.add(PaymentFeed, Feed.make(logs.payment, "payment", paymentCodec)),
      Context.add(DeliveryFeed, Feed.make(logs.delivery, "delivery", deliveryCodec))
    ))
)

/** The dashboard's process: what is in memory of it ends with the layer. The logs outlive it. */
export const layer = (database: Database) =>
  Layer.mergeAll(DashboardView.layer, DashboardRebuild.layer).pipe(
    Layer.provideMerge(DashboardHint.DashboardHint.layer),
    Layer.provideMerge(feeds),
    Layer.provideMerge(database)
  )

/** Runs the three projections until the scope closes. */
export const projecting = Effect.gen(function*() {
  yield* Effect.forkScoped(Effect.flatMap(DashboardProjections.ofOrders, Projection.run))
  yield* Effect.forkScoped(Effect.flatMap(DashboardProjections.ofPayments, Projection.run))
  yield* Effect.forkScoped(Effect.flatMap(DashboardProjections.ofDeliveries, Projection.run))
})

const lastOf = (log: Store, after: Position): Effect.Effect<Position> =>
  Effect.flatMap(Effect.orDie(log.page(after, 1000)), (events) => {
    const last = events.at(-1)
    return last === undefined ? Effect.succeed(after) : lastOf(log, last.position)
  })

/** Until the projections have dealt with everything that is in the logs. */
export const settled = Effect.gen(function*() {
  const logs = yield* Logs
  const checkpoints = yield* Checkpoints
  const reached = (name: string, log: Store) =>
    Effect.zipWith(checkpoints.load(name), lastOf(log, start), (saved, last) => saved === last)
  const { checkpoint } = DashboardProjections
  const all = Effect.all([
    reached(checkpoint.order, logs.order),
    reached(checkpoint.payment, logs.payment),
    reached(checkpoint.delivery, logs.delivery)
  ])
  yield* Effect.repeat(all, {
    until: (reached) => reached.every((yes) => yes),
    schedule: Schedule.spaced("5 millis")
  })
})

export type Publish = Effect.Effect<void, never, Logs>

const publish = <Event>(log: keyof Logs["Type"], { recorded }: FeedEvent<Event>): Publish =>
  Effect.flatMap(Logs, (logs) =>
    logs[log].append({
      streamId: recorded.streamId,
      expected: Version.make(recorded.version - 1),
      commandId: recorded.commandId,
      events: [recorded],
      meta: recorded
    })).pipe(Effect.orDie, Effect.asVoid)

/** The events of some histories, each stream in its order, the streams shuffled into each other. */
export const shuffled = (histories: ReadonlyArray<History>): FastCheck.Arbitrary<ReadonlyArray<Publish>> => {
  const streams = histories.flatMap(({ delivery, order, payment }) => [
    order.map((event) => publish("order", event)),
    payment.map((event) => publish("payment", event)),
    delivery.map((event) => publish("delivery", event))
  ])
  const turns = streams.flatMap((stream, index) => stream.map(() => index))
  return FastCheck.shuffledSubarray(turns, { minLength: turns.length }).map((turns) => {
    const at = streams.map(() => 0)
    return turns.flatMap((index) => {
      const position = at[index] ?? 0
      at[index] = position + 1
      return streams[index]?.[position] ?? []
    })
  })
}

/** One world of that many orders, always the same for a seed. */
export const sample = <A>(arbitrary: FastCheck.Arbitrary<A>, seed: number): A => {
  const [first] = FastCheck.sample(arbitrary, { numRuns: 1, seed })
  if (first === undefined) throw new Error("nothing was generated")
  return first
}
