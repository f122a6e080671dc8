import * as Entity from "@effect/cluster/Entity"
import * as Rpc from "@effect/rpc/Rpc"
import * as Actor from "@saucier/eventsourcing/Actor"
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import { StreamId } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import { CommandId, type CommandMeta } from "@saucier/kernel/CommandMeta"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { type PaymentState, ReportAmount } from "./Payment.ts"
import { paymentCodec } from "./PaymentCodec.ts"
import { paymentDecider } from "./PaymentDecider.ts"
import { PaymentEntity } from "./PaymentEntity.ts"
import { PaymentProvider } from "./PaymentProvider.ts"
import * as Settlement from "./Settlement.ts"

export const PaymentEntityLive = Actor.layer(Effect.gen(function*() {
  const store = yield* EventStore
  const provider = yield* PaymentProvider
  const build = Effect.gen(function*() {
    const { entityId } = yield* Entity.CurrentAddress
    const payment = Aggregate.within(
      store,
      StreamId.make(`payment-${entityId}`),
      paymentDecider,
      paymentCodec
    )
    const settle = yield* Effect.provideService(Settlement.make(payment), PaymentProvider, provider)

    const turn = (turn: Settlement.Turn, actor: string) =>
      Effect.gen(function*() {
        const open = yield* payment.current
        return yield* settle(open, yield* settlementMeta(entityId, open, actor), turn)
      })

    return PaymentEntity.of({
      RequestPayment: ({ payload }) =>
        Effect.gen(function*() {
          const before = yield* payment.current
          const requested = yield* payment.execute(payload)
          return yield* settle(requested, payload.meta, before.version === 0 ? "first" : "again")
        }),
      ReleasePayment: ({ payload }) =>
        Effect.flatMap(payment.execute(payload), (released) => settle(released, payload.meta, "again")),
      Settle: () => turn("again", "policy:payment.settle"),
      Inquire: ({ payload: { amount } }) =>
        Effect.gen(function*() {
          const settled = yield* turn("hinted", "provider:webhook")
          if (amount === null || settled.state._tag !== "Payment") return settled
          const { orderId, paymentId } = settled.state
          const meta = yield* settlementMeta(entityId, settled, "provider:webhook")
          return yield* payment.execute(ReportAmount.make({ meta, paymentId, orderId, amount }))
        }),
      AcknowledgeAttention: ({ payload }) => payment.execute(payload),
      GetPayment: () => Rpc.fork(payment.current)
    })
  })
  return PaymentEntity.toLayer(build, {
    maxIdleTime: "2 seconds",
    mailboxCapacity: 256,
    disableFatalDefects: true
  })
}))

/** Unlike a policy's command it has no event of its own: version and time make each settling a command of its own. */
const settlementMeta = (
  entityId: string,
  { version }: Aggregate.Snapshot<PaymentState>,
  actor: string
): Effect.Effect<CommandMeta> =>
  Effect.map(DateTime.now, (at) => ({
    commandId: CommandId.make(`payment.settle:${entityId}/${version}/${at.epochMillis}`),
    correlationId: entityId,
    causationId: null,
    actor,
    at
  }))
