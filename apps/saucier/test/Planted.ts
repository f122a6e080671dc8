/** What happened two minutes ago, written into the stores of a system before it starts. */
import { DeliveryCancelled, DeliveryPrepared } from "@saucier/delivery/Delivery"
import { deliveryCodec } from "@saucier/delivery/DeliveryCodec"
import { type NewEvent, StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as SqliteStore from "@saucier/eventstore-sql/SqliteStore"
import { CommandId } from "@saucier/kernel/CommandMeta"
import { BranchId, Quantity, SauceId } from "@saucier/kernel/Goods"
import * as Ids from "@saucier/kernel/Ids"
import { MinorUnits } from "@saucier/kernel/Money"
import * as TypeId from "@saucier/kernel/TypeId"
import {
  OrderCancellationRequested,
  OrderCancelled,
  type OrderEvent,
  OrderPaid,
  OrderPreparing,
  OrderRegistered
} from "@saucier/order/Order"
import { orderCodec } from "@saucier/order/OrderCodec"
import {
  PaymentCaptured,
  type PaymentEvent,
  PaymentRefunded,
  PaymentRequested,
  RefundRequested
} from "@saucier/payment/Payment"
import { paymentCodec } from "@saucier/payment/PaymentCodec"
import { ChargeCaptured, ledgerCodec, streamOf } from "@saucier/provider/Ledger"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { join } from "node:path"

export const amount = { amount: MinorUnits.make(10_000), currency: "KRW" } as const
export const goods = { branchId: BranchId.make("1"), sauceId: SauceId.make("1"), quantity: Quantity.make(1) }

/** What a new payment's events and its key at the provider are about, two minutes ago. */
export const longAgo = Effect.gen(function*() {
  const at = DateTime.subtract(yield* DateTime.now, { minutes: 2 })
  const orderId = Ids.orderId(yield* TypeId.generate)
  return { at, orderId, paymentId: Ids.paymentIdOf(orderId) }
})
export type About = Effect.Effect.Success<typeof longAgo>

export const record = (
  folder: string,
  name: string,
  { at }: About,
  streamId: StreamId,
  events: ReadonlyArray<NewEvent>
) =>
  Effect.gen(function*() {
    const store = yield* EventStore
    yield* store.append({
      streamId,
      expected: Version.make(0),
      commandId: CommandId.make("long-ago"),
      events,
      meta: {
        correlationId: "test",
        causationId: null,
        actor: "test",
        occurredAt: at.epochMillis,
        traceparent: null
      }
    })
  }).pipe(Effect.provide(SqliteStore.layer({ filename: join(folder, `${name}.db`), name })))

const capturedOf = ({ at, orderId }: About, won = 10_000) =>
  ledgerCodec.encode(
    ChargeCaptured.make({ at, orderId, amount: { ...amount, amount: MinorUnits.make(won) } })
  )

/** An order that was paid, and what our books say of it. */
const paid = (about: About) => ({
  order: [
    OrderRegistered.make({ ...about, goods, price: amount }),
    OrderPaid.make(about)
  ],
  payment: [
    PaymentRequested.make({ ...about, amount, goods }),
    PaymentCaptured.make({ ...about, amount, goods, reference: "cap_1", wanted: true })
  ]
})

/** One that was cancelled afterwards, and whose money has not gone back. */
const cancelled = (about: About) => {
  const { order, payment } = paid(about)
  return {
    order: [
      ...order,
      OrderCancellationRequested.make({ ...about, reason: "late" }),
      OrderCancelled.make(about)
    ],
    payment: [...payment, RefundRequested.make({ ...about, amount, reason: "late" })]
  }
}

/** The stores of a folder, each about one order. */
const stores = (folder: string) => {
  const orders = (about: About, events: ReadonlyArray<OrderEvent>) =>
    record(folder, "order", about, StreamId.make(`order-${about.orderId}`), events.map(orderCodec.encode))
  const payments = (about: About, events: ReadonlyArray<PaymentEvent>) =>
    record(
      folder,
      "payment",
      about,
      StreamId.make(`payment-${about.paymentId}`),
      events.map(paymentCodec.encode)
    )
  const bank = (about: About, ...events: ReadonlyArray<ReturnType<typeof capturedOf>>) =>
    record(folder, "provider", about, streamOf(about.paymentId), events)
  const deliveries = (about: About, cancelled: boolean) => {
    const deliveryId = Ids.deliveryIdOf(about.orderId)
    const prepared = DeliveryPrepared.make({ ...about, deliveryId, goods })
    const events = cancelled
      ? [prepared, DeliveryCancelled.make({ ...about, deliveryId, reason: "late" })]
      : [prepared]
    const streamId = StreamId.make(`delivery-${deliveryId}`)
    return record(folder, "delivery", about, streamId, events.map(deliveryCodec.encode))
  }
  return { bank, deliveries, orders, payments }
}

/** One order of each kind of difference that only people can settle. */
export const plant = (folder: string) =>
  Effect.gen(function*() {
    const { bank, deliveries, orders, payments } = stores(folder)
    /** Paid and being prepared. */
    const kept = Effect.gen(function*() {
      const about = yield* longAgo
      const { order, payment } = paid(about)
      yield* orders(about, [...order, OrderPreparing.make(about)])
      yield* payments(about, payment)
      yield* deliveries(about, false)
      return about
    })

    const stranger = yield* longAgo
    yield* bank(stranger, capturedOf(stranger))
    const uncharged = yield* kept
    const twice = yield* kept
    yield* bank(twice, capturedOf(twice), capturedOf(twice))
    const differs = yield* kept
    yield* bank(differs, capturedOf(differs, 9_000))
    const unrefunded = yield* longAgo
    const { order, payment } = cancelled(unrefunded)
    yield* orders(unrefunded, order)
    yield* payments(unrefunded, [
      ...payment,
      PaymentRefunded.make({ ...unrefunded, amount, reference: "ref_1" })
    ])
    yield* bank(unrefunded, capturedOf(unrefunded))
    yield* deliveries(unrefunded, true)
    return { stranger, uncharged, twice, differs, unrefunded }
  })

/** One order whose refund has been owed for longer than the provider may take. */
export const plantOwed = (folder: string) =>
  Effect.gen(function*() {
    const { bank, orders, payments } = stores(folder)
    const about = yield* longAgo
    const { order, payment } = cancelled(about)
    yield* orders(about, order)
    yield* payments(about, payment)
    yield* bank(about, capturedOf(about))
    return about
  })
