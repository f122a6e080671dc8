import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Ask from "@saucier/eventsourcing/Ask"
import * as Ids from "@saucier/kernel/Ids"
import * as Principal from "@saucier/kernel/Principal"
import * as RequestMeta from "@saucier/kernel/RequestMeta"
import * as TypeId from "@saucier/kernel/TypeId"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { PaymentNotFound } from "./Payment.ts"
import { boardId, PaymentBoardEntity } from "./PaymentBoardEntity.ts"
import { PaymentEntity, type PaymentSnapshot } from "./PaymentEntity.ts"
import { PaymentHttp, type PaymentView } from "./PaymentHttp.ts"
import { providerUnavailable } from "./ProviderUnavailable.ts"

const answerWithin = Ask.within("payment", "5 seconds")

const view = ({ state, version }: PaymentSnapshot): Option.Option<PaymentView> => {
  if (state._tag !== "Payment") return Option.none()
  const { amount, attempts, attention, orderId, paymentId, requestedAt, status, waitingSince } = state
  return Option.some({
    id: paymentId,
    orderId,
    status,
    amount: amount.amount,
    currency: amount.currency,
    attempts,
    refunds: attempts.filter(({ kind }) => kind === "refund"),
    attention,
    version,
    requestedAt,
    waitingSince
  })
}

const shown: (found: Option.Option<PaymentView>) => Effect.Effect<PaymentView, PaymentNotFound> = Option
  .match({
    onNone: () => Effect.fail(new PaymentNotFound()),
    onSome: Effect.succeed
  })

const paymentNamed = Ids.named(Ids.PaymentId, () => new PaymentNotFound())

export const PaymentHttpLive = HttpApiBuilder.group(
  HttpApi.make("saucier").add(PaymentHttp),
  "payments",
  (handlers) =>
    Effect.gen(function*() {
      const payments = yield* PaymentEntity.client
      const board = (yield* PaymentBoardEntity.client)(boardId)
      const find = (paymentId: Ids.PaymentId) =>
        payments(paymentId).GetPayment().pipe(
          answerWithin,
          Effect.catchTag("PaymentMismatch", Effect.die),
          Effect.flatMap((found) =>
            Effect.map(Principal.CurrentPrincipal, (principal) =>
              found.state._tag === "Payment" && !Principal.sees(principal, found.state.goods.branchId)
                ? Option.none()
                : view(found))
          )
        )

      const waiting = Effect.gen(function*() {
        const open = yield* answerWithin(board.Open())
        const principal = yield* Principal.CurrentPrincipal
        return open
          .filter(({ state }) => state._tag === "Payment" && Principal.sees(principal, state.goods.branchId))
          .flatMap((found) => Option.toArray(view(found)))
          .toSorted((a, b) => a.waitingSince.epochMillis - b.waitingSince.epochMillis)
      })

      return handlers
        .handle("getPayment", ({ path }) =>
          Effect.flatMap(
            Effect.flatMap(paymentNamed(path.paymentId), find),
            shown
          ))
        .handle("acknowledgePayment", ({ path, payload: { note } }) =>
          Effect.gen(function*() {
            const paymentId = yield* paymentNamed(path.paymentId)
            const actor = Principal.actorOf(yield* Principal.CurrentPrincipal, "clerk")
            const meta = yield* RequestMeta.make(`acknowledge:${yield* TypeId.generate}`, actor)
            const orderId = Ids.orderIdOf(paymentId)
            const acknowledged = yield* answerWithin(
              payments(paymentId).AcknowledgeAttention({ meta, paymentId, orderId, note })
            ).pipe(Effect.catchTag("PaymentMismatch", Effect.die))
            return yield* shown(view(acknowledged))
          }))
        .handle("inquirePayment", ({ path }) =>
          Effect.flatMap(paymentNamed(path.paymentId), (paymentId) =>
            payments(paymentId).Inquire({ amount: null }).pipe(
              answerWithin,
              Effect.catchTags({
                PaymentMismatch: Effect.die,
                ProviderRefused: providerUnavailable,
                ProviderSilent: providerUnavailable
              }),
              Effect.flatMap((inquired) =>
                shown(view(inquired))
              )
            )))
        .handle("findPayments", ({ urlParams: { attention, orderId, status } }) =>
          Effect.map(
            orderId === undefined
              ? waiting
              : Effect.map(
                Effect.optionFromOptional(Effect.flatten(find(Ids.paymentIdOf(orderId)))),
                Option.toArray
              ),
            (payments) => ({
              items: payments.filter((payment) =>
                (status === undefined || payment.status === status) &&
                (attention === undefined || String(payment.attention !== null) === attention)
              )
            })
          ))
    })
)
