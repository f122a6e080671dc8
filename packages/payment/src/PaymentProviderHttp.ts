/** The payment provider and its statement behind an address (wire contract: ProviderHttp). How long to wait is not decided here. */
import * as HttpApiClient from "@effect/platform/HttpApiClient"
import type { HttpClient } from "@effect/platform/HttpClient"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import { PaymentProvider } from "./PaymentProvider.ts"
import * as ProviderCall from "./ProviderCall.ts"
import { ProviderHttp } from "./ProviderHttp.ts"
import { maxLines, ProviderLedger } from "./ProviderLedger.ts"

const make = (baseUrl: string) =>
  Effect.gen(function*() {
    const httpClient = yield* ProviderCall.client
    const { charges } = yield* HttpApiClient.makeWith(ProviderHttp, { baseUrl, httpClient })
    return Context.make(
      PaymentProvider,
      PaymentProvider.of({
        charge: (payload) => ProviderCall.exchange(charges.charge({ payload })),
        inquire: (key) => ProviderCall.exchange(charges.inquire({ path: { key } })),
        void: (key) => ProviderCall.exchange(charges.void({ path: { key } })),
        refund: (key) => ProviderCall.exchange(charges.refund({ path: { key } }))
      })
    ).pipe(
      Context.add(
        ProviderLedger,
        ProviderLedger.of({
          page: (after, limit) =>
            charges.ledger({ urlParams: { after, limit: Math.min(limit, maxLines) } }).pipe(
              Effect.map(Either.right),
              Effect.catchTag("UnknownLedgerPlace", (error) => Effect.succeed(Either.left(error))),
              ProviderCall.exchange,
              Effect.flatten
            )
        })
      )
    )
  })

export const layer = (
  url: string
): Layer.Layer<PaymentProvider | ProviderLedger, never, HttpClient> => Layer.effectContext(make(url))
