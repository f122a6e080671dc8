/** What an operator can set right of a disagreement: one question or command each, told as it is answered. */
import type { Disagreement } from "@saucier/assembly/ReconciliationTally"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Server } from "./Server.ts"
import type { Texts } from "./TextsEn.ts"

export const make = ({ reconcile }: Texts, server: Server) => {
  const { operator, orders, payments } = server.api

  const inquire = ({ paymentId }: Disagreement) =>
    Effect.map(
      server.find(payments.inquirePayment({ path: { paymentId } })),
      Option.match({
        onNone: () => reconcile.unasked(paymentId),
        onSome: ({ status }) => reconcile.asked(paymentId, status)
      })
    )

  /** Nobody here knows of it, as after a restore: the money goes back. */
  const release = ({ paymentId }: Disagreement) =>
    Effect.as(
      server.ask(operator.releaseCharge({ path: { paymentId } })),
      reconcile.released(paymentId)
    )

  /** Its cancellation was lost, as by a restore: the provider has given the money back. */
  const cancel = ({ orderId }: Disagreement) =>
    Effect.as(
      server.ask(orders.cancelOrder({
        path: { orderId },
        payload: { reason: "the provider has given the money back" },
        headers: {}
      })),
      reconcile.cancelled(orderId)
    )

  /** To ask again harms nobody, also where it may not help. */
  const settle = (disagreement: Disagreement) => {
    switch (disagreement.remedy) {
      case "cancel":
        return cancel(disagreement)
      case "release":
        return release(disagreement)
      case "inquire":
      case "acknowledge":
      case "look":
        return inquire(disagreement)
    }
  }

  return (disagreement: Disagreement) =>
    settle(disagreement).pipe(
      Effect.catchAll(({ message }) => Effect.succeed(`${disagreement.paymentId}: ${message}`)),
      Effect.flatMap(Console.error)
    )
}
