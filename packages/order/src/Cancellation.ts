/**
 * Cancelling an order, whose arbiter is delivery: it cancels or has dispatched, never both. The intent is recorded
 * first, so a crash on the way is finished by the policies.
 */
import { DeliveryEntity } from "@saucier/delivery/DeliveryEntity"
import type { Aggregate, Snapshot } from "@saucier/eventsourcing/Aggregate"
import * as Ask from "@saucier/eventsourcing/Ask"
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as CommandMeta from "@saucier/kernel/CommandMeta"
import { deliveryIdOf } from "@saucier/kernel/Ids"
import { PaymentEntity } from "@saucier/payment/PaymentEntity"
import * as Effect from "effect/Effect"
import {
  ConfirmCancellation,
  type DeliveryStage,
  type Order,
  type OrderCommand,
  OrderConflict,
  type OrderRejection,
  type OrderState,
  TrackDelivery
} from "./Order.ts"
import type { RefundProgress } from "./OrderEntity.ts"

const answerWithin = Ask.within("order", "3 seconds")

type Cancelled = Snapshot<OrderState> & { readonly refund: RefundProgress }

export const make = Effect.map(
  Effect.all([DeliveryEntity.client, PaymentEntity.client]),
  ([deliveries, payments]) => (order: Aggregate<OrderCommand, OrderState, OrderRejection>) => {
    const stopDelivery = (open: Order, meta: CommandMeta.CommandMeta) =>
      Effect.flatMap(CommandMeta.follow(meta, "stop"), (meta) => {
        const { orderId } = open
        const deliveryId = deliveryIdOf(orderId)
        return answerWithin(
          deliveries(deliveryId).CancelDelivery({
            meta,
            deliveryId,
            orderId,
            reason: "the order was cancelled"
          })
        ).pipe(
          Effect.as("stopped" as const),
          Effect.catchTag("DeliveryConflict", ({ status }) => Effect.succeed(status)),
          Effect.option
        )
      })

    const releaseMoney = (open: Order, meta: CommandMeta.CommandMeta): Effect.Effect<RefundProgress> =>
      Effect.flatMap(CommandMeta.follow(meta, "release"), (meta) => {
        const { orderId, paymentId } = open
        return answerWithin(
          payments(paymentId).ReleasePayment({ meta, paymentId, orderId, reason: "the order was cancelled" })
        ).pipe(
          Effect.map(({ state }): RefundProgress => {
            if (state._tag !== "Payment") return "none"
            if (state.status === "Refunded") return "refunded"
            return state.status === "Declined" || state.status === "Failed" || state.status === "Voided"
              ? "none"
              : "owed"
          }),
          Effect.orElseSucceed((): RefundProgress => "owed")
        )
      })

    const record = (
      meta: CommandMeta.CommandMeta,
      step: string,
      command: (meta: CommandMeta.CommandMeta) => OrderCommand
    ) => Effect.flatMap(CommandMeta.follow(meta, step), (meta) => order.execute(command(meta)))

    return (
      cancelling: Snapshot<OrderState>,
      meta: CommandMeta.CommandMeta
    ): Effect.Effect<Cancelled, OrderRejection | EventStoreUnavailable> =>
      Effect.gen(function*() {
        const { state } = cancelling
        if (state._tag === "Empty") return { ...cancelling, refund: "none" }
        if (state.status === "Cancelled") return { ...cancelling, refund: yield* releaseMoney(state, meta) }
        const stopped = yield* stopDelivery(state, meta)
        if (stopped._tag === "None") return { ...cancelling, refund: "owed" }
        if (stopped.value !== "stopped") {
          const stage: DeliveryStage = stopped.value === "Delivered" ? "Delivered" : "Dispatched"
          yield* record(meta, "refused", (meta) => TrackDelivery.make({ meta, stage }))
          return yield* new OrderConflict({ command: "CancelOrder", status: stage })
        }
        const cancelled = yield* record(meta, "cancelled", (meta) => ConfirmCancellation.make({ meta }))
        return { ...cancelled, refund: yield* releaseMoney(state, meta) }
      })
  }
)
