import * as Rpc from "@effect/rpc/Rpc"
import * as Actor from "@saucier/eventsourcing/Actor"
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import { StreamId } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as Residents from "@saucier/eventsourcing/Residents"
import * as CommandMeta from "@saucier/kernel/CommandMeta"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { type PaymentState, ReportAmount } from "./Payment.ts"
import { paymentCodec } from "./PaymentCodec.ts"
import { paymentDecider } from "./PaymentDecider.ts"
import { PaymentEntity } from "./PaymentEntity.ts"
import { PaymentProvider } from "./PaymentProvider.ts"
import * as ProtectedProvider from "./ProtectedProvider.ts"
import * as Settlement from "./Settlement.ts"

export const PaymentEntityLive = Actor.layer(Effect.gen(function*() {
  const store = yield* EventStore
  const provider = yield* PaymentProvider
  const permitted = yield* ProtectedProvider.permitted
  const build = Effect.gen(function*() {
    const { entityId } = yield* Residents.arrive
    const payment = yield* Aggregate.awake(
      store,
      StreamId.make(`payment-${entityId}`),
      paymentDecider,
      paymentCodec
    )
    const { giveBack, inquire, settle } = yield* Effect.provideService(
      Settlement.make(payment),
      PaymentProvider,
      provider
    )

    return PaymentEntity.of({
      RequestPayment: ({ payload }) =>
        Effect.gen(function*() {
          const admission = yield* Effect.either(permitted)
          const { appended, snapshot } = yield* payment.record(
            admission._tag === "Right"
              ? payload
              : { ...payload, _tag: "RefusePayment", refusal: Settlement.refusalOf(admission.left) }
          )
          return yield* settle(snapshot, payload.meta, appended ? "first" : "again")
        }),
      ReleasePayment: ({ payload }) =>
        Effect.flatMap(payment.execute(payload), (released) => settle(released, payload.meta, "again")),
      DisownCharge: ({ payload }) =>
        Effect.gen(function*() {
          const before = yield* payment.current
          if (before.state._tag === "Payment") return before
          const tombstone = yield* payment.execute(payload)
          yield* giveBack(payload.paymentId)
          return tombstone
        }),
      Settle: () =>
        Effect.gen(function*() {
          const open = yield* payment.current
          return yield* settle(open, yield* settlementMeta(entityId, open, "policy:payment.settle"), "again")
        }),
      Inquire: ({ payload: { amount } }) =>
        Effect.gen(function*() {
          const before = yield* payment.current
          const meta = yield* settlementMeta(entityId, before, "provider:webhook")
          const settled = yield* inquire(before, meta)
          if (amount === null || settled.state._tag !== "Payment") return settled
          const { orderId, paymentId } = settled.state
          const report = { meta: yield* CommandMeta.follow(meta, "report"), paymentId, orderId, amount }
          return yield* payment.execute(ReportAmount.make(report))
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
): Effect.Effect<CommandMeta.CommandMeta> =>
  Effect.map(DateTime.now, (at) => ({
    commandId: CommandMeta.CommandId.make(`payment.settle:${entityId}/${version}/${at.epochMillis}`),
    correlationId: entityId,
    causationId: null,
    actor,
    at
  }))
