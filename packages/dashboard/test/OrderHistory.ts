/** Coherent histories of orders, payments and deliveries: what their deciders make of random commands. */
import {
  AdvanceDelivery,
  CancelDelivery,
  type DeliveryEvent,
  DeliveryStep,
  PrepareDelivery
} from "@saucier/delivery/Delivery"
import { deliveryCodec } from "@saucier/delivery/DeliveryCodec"
import { deliveryDecider } from "@saucier/delivery/DeliveryDecider"
import type { Decider } from "@saucier/eventsourcing/Decider"
import { eventId, Position, type RecordedEvent, StreamId, Version } from "@saucier/eventsourcing/Event"
import type { EventCodec } from "@saucier/eventsourcing/EventCodec"
import type { FeedEvent } from "@saucier/eventsourcing/Feed"
import { CommandId, type CommandMeta } from "@saucier/kernel/CommandMeta"
import { BranchId, Quantity, SauceId } from "@saucier/kernel/Goods"
import { deliveryIdOf, type OrderId, orderId as makeOrderId, paymentIdOf } from "@saucier/kernel/Ids"
import { MinorUnits, Money } from "@saucier/kernel/Money"
import {
  AwaitPayment,
  CancelOrder,
  CancelReason,
  ConfirmCancellation,
  ConfirmPayment,
  DeliveryStage,
  type OrderEvent,
  PlaceOrder,
  RejectOrder,
  TrackDelivery
} from "@saucier/order/Order"
import { orderCodec } from "@saucier/order/OrderCodec"
import { orderDecider } from "@saucier/order/OrderDecider"
import {
  AcknowledgeAttention,
  ChargeOutcome,
  type PaymentEvent,
  RecordCharge,
  RecordRefund,
  RecordVoid,
  RefundOutcome,
  ReleasePayment,
  ReportAmount,
  RequestPayment
} from "@saucier/payment/Payment"
import { paymentCodec } from "@saucier/payment/PaymentCodec"
import { paymentDecider } from "@saucier/payment/PaymentDecider"
import * as Arbitrary from "effect/Arbitrary"
import * as DateTime from "effect/DateTime"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"

export interface History {
  readonly orderId: OrderId
  readonly order: ReadonlyArray<FeedEvent<OrderEvent>>
  readonly payment: ReadonlyArray<FeedEvent<PaymentEvent>>
  readonly delivery: ReadonlyArray<FeedEvent<DeliveryEvent>>
}

/** Time-ordered as real ids are: a larger number is a newer order. */
export const orderIdAt = (n: number): OrderId => makeOrderId(`01h${String(n).padStart(23, "0")}`)

const metaAt = (at: number): CommandMeta => ({
  commandId: CommandId.make(`c${at}`),
  correlationId: "test",
  causationId: null,
  actor: "test",
  at: DateTime.unsafeMake(at)
})

const record = <Event>(
  streamId: StreamId,
  version: number,
  at: number,
  codec: EventCodec<Event>,
  event: Event
) => {
  const recorded: RecordedEvent = {
    ...codec.encode(event),
    eventId: eventId(streamId, version),
    streamId,
    version: Version.make(version),
    position: Position.make(`${version}`),
    commandId: CommandId.make(`c${version}`),
    correlationId: "test",
    causationId: null,
    actor: "test",
    occurredAt: at,
    traceparent: null
  }
  return { recorded, event }
}

/** A rejected command leaves no trace. */
const run = <Command extends { readonly meta: CommandMeta }, Event, State, Rejection>(
  streamId: StreamId,
  decider: Decider<Command, Event, State, Rejection>,
  codec: EventCodec<Event>,
  commands: ReadonlyArray<Command>
): ReadonlyArray<FeedEvent<Event>> => {
  let state = decider.initial
  const events: Array<FeedEvent<Event>> = []
  for (const command of commands) {
    for (const event of Either.getOrElse(decider.decide(command, state), () => [])) {
      state = decider.evolve(state, event)
      events.push(record(streamId, events.length + 1, command.meta.at.epochMillis, codec, event))
    }
  }
  return events
}

const meta = FastCheck.integer({ min: 1, max: 1_000_000_000 }).map(metaAt)

const goodsAndPrice = FastCheck.record({
  branch: FastCheck.integer({ min: 1, max: 4 }),
  sauce: FastCheck.integer({ min: 1, max: 9 }),
  quantity: FastCheck.integer({ min: 1, max: 10_000 }),
  amount: FastCheck.integer({ min: 1, max: 1_000_000_000 })
}).map(({ amount, branch, quantity, sauce }) => ({
  goods: {
    branchId: BranchId.make(`${branch}`),
    sauceId: SauceId.make(`${sauce}`),
    quantity: Quantity.make(quantity)
  },
  price: { amount: MinorUnits.make(amount), currency: "KRW" as const }
}))

const stages = Arbitrary.make(DeliveryStage)
const charges = Arbitrary.make(ChargeOutcome)
const refunds = Arbitrary.make(RefundOutcome)
const amounts = Arbitrary.make(Money)
const steps = Arbitrary.make(DeliveryStep)

/** The history of one order; `goods` and price are the same wherever they are told. */
export const historyOf = (orderId: OrderId): FastCheck.Arbitrary<History> =>
  goodsAndPrice.chain(({ goods, price }) => {
    const paymentId = paymentIdOf(orderId)
    const deliveryId = deliveryIdOf(orderId)
    const ofPayment = { paymentId, orderId }
    const ofDelivery = { deliveryId, orderId }
    const order = FastCheck.array(
      FastCheck.oneof(
        meta.map((meta) => AwaitPayment.make({ meta })),
        meta.map((meta) => ConfirmPayment.make({ meta })),
        meta.map((meta) => CancelOrder.make({ meta, reason: CancelReason.make("changed my mind") })),
        meta.map((meta) => ConfirmCancellation.make({ meta })),
        meta.map((meta) => RejectOrder.make({ meta, reason: "payment-declined" })),
        FastCheck.tuple(meta, stages).map(([meta, stage]) => TrackDelivery.make({ meta, stage }))
      ),
      { maxLength: 10 }
    )
    const request = meta.map((meta) => RequestPayment.make({ meta, ...ofPayment, goods, amount: price }))
    const release = meta.map((meta) => ReleasePayment.make({ meta, ...ofPayment, reason: "cancelled" }))
    const voided = meta.map((meta) => RecordVoid.make({ meta, ...ofPayment }))
    const charged = (outcome: FastCheck.Arbitrary<ChargeOutcome>) =>
      FastCheck.tuple(meta, outcome).map(([meta, outcome]) =>
        RecordCharge.make({ meta, ...ofPayment, outcome, took: 12 })
      )
    const madeSureOf = FastCheck.tuple(
      request,
      charged(FastCheck.constant({ _tag: "Refused", detail: "connection refused" })),
      release,
      voided
    )
    const mixed = FastCheck.array(
      FastCheck.oneof(
        request,
        charged(charges),
        release,
        voided,
        FastCheck.tuple(meta, refunds).map(([meta, outcome]) =>
          RecordRefund.make({ meta, ...ofPayment, outcome })
        ),
        FastCheck.tuple(meta, amounts).map(([meta, amount]) =>
          ReportAmount.make({ meta, ...ofPayment, amount })
        ),
        meta.map((meta) => AcknowledgeAttention.make({ meta, ...ofPayment, note: "looked" }))
      ),
      { maxLength: 8 }
    )
    const payment = FastCheck.oneof({ weight: 7, arbitrary: mixed }, { weight: 1, arbitrary: madeSureOf })
    const prepare = meta.map((meta) => PrepareDelivery.make({ meta, ...ofDelivery, goods }))
    const advance = FastCheck.tuple(meta, steps).map(([meta, step]) => AdvanceDelivery.make({ meta, step }))
    const underWay = FastCheck.tuple(prepare, FastCheck.array(advance, { maxLength: 5 })).map(
      ([prepared, advanced]) => [[prepared], advanced].flat()
    )
    const anyhow = FastCheck.array(
      FastCheck.oneof(
        prepare,
        advance,
        meta.map((meta) => CancelDelivery.make({ meta, ...ofDelivery, reason: "cancelled" }))
      ),
      { maxLength: 8 }
    )
    const delivery = FastCheck.oneof(underWay, anyhow)
    return FastCheck.tuple(meta, order, payment, delivery).map(([placed, order, payment, delivery]) => ({
      orderId,
      order: run(StreamId.make(`order-${orderId}`), orderDecider, orderCodec, [
        PlaceOrder.make({ meta: placed, orderId, goods, price }),
        ...order
      ]),
      payment: run(StreamId.make(`payment-${paymentId}`), paymentDecider, paymentCodec, payment),
      delivery: run(StreamId.make(`delivery-${deliveryId}`), deliveryDecider, deliveryCodec, delivery)
    }))
  })

/** Histories of `count` orders. */
export const histories = (count: number): FastCheck.Arbitrary<ReadonlyArray<History>> =>
  FastCheck.tuple(...Array.from({ length: count }, (_, n) => historyOf(orderIdAt(n))))
