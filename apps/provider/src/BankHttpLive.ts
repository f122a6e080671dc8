import * as NodeHttpServerRequest from "@effect/platform-node/NodeHttpServerRequest"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import { PaymentProvider, type ProviderFailure } from "@saucier/payment/PaymentProvider"
import { ProviderHttp } from "@saucier/payment/ProviderHttp"
import { ProviderLedger } from "@saucier/payment/ProviderLedger"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const breakOff = Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
  NodeHttpServerRequest.toIncomingMessage(request).socket.destroy()
  return Effect.never
})

/** Silence is told as silence: the connection breaks, whatever was done. */
const said = <A>(reply: Effect.Effect<A, ProviderFailure>) =>
  Effect.catchTag(reply, "ProviderSilent", () => breakOff)

const charges = HttpApiBuilder.group(ProviderHttp, "charges", (handlers) =>
  Effect.gen(function*() {
    const provider = yield* PaymentProvider
    const ledger = yield* ProviderLedger
    return handlers
      .handle("charge", ({ payload }) => said(provider.charge(payload)))
      .handle("inquire", ({ path: { key } }) => said(provider.inquire(key)))
      .handle("void", ({ path: { key } }) => said(provider.void(key)))
      .handle("refund", ({ path: { key } }) => said(provider.refund(key)))
      .handle("ledger", ({ urlParams: { after, limit } }) =>
        Effect.catchTag(ledger.page(after, limit), "ProviderSilent", () =>
          breakOff))
  }))

export const BankHttpLive = HttpApiBuilder.api(ProviderHttp).pipe(Layer.provide(charges))
