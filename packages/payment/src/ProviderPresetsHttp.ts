/** The controls of a stand-in behind an address of their own (wire contract: ProviderControlHttp). */
import * as HttpApiClient from "@effect/platform/HttpApiClient"
import type { HttpClient } from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { ProviderRefused } from "./PaymentProvider.ts"
import * as ProviderCall from "./ProviderCall.ts"
import { ProviderControlHttp } from "./ProviderControlHttp.ts"
import { ProviderPresets } from "./ProviderPresets.ts"

const make = (baseUrl: string) =>
  Effect.gen(function*() {
    const httpClient = yield* ProviderCall.client
    const { control } = yield* HttpApiClient.makeWith(ProviderControlHttp, { baseUrl, httpClient })
    return ProviderPresets.of({
      get: ProviderCall.exchange(control.getPreset({})),
      set: (payload) => Effect.asVoid(ProviderCall.exchange(control.setPreset({ payload })))
    })
  })

export const layer = (url: string): Layer.Layer<ProviderPresets, never, HttpClient> =>
  Layer.effect(ProviderPresets, make(url))

const none = new ProviderRefused({ detail: "the provider has no presets: no address of controls is set" })

/** A real bank does not behave as it is told. */
export const layerNone: Layer.Layer<ProviderPresets> = Layer.succeed(
  ProviderPresets,
  ProviderPresets.of({ get: none, set: () => none })
)
