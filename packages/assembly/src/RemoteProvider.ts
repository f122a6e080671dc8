/** The payment provider at the address that the settings name, its statement, and the controls of a stand-in there. */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as PaymentProviderHttp from "@saucier/payment/PaymentProviderHttp"
import * as ProviderPresetsHttp from "@saucier/payment/ProviderPresetsHttp"
import { Settings } from "@saucier/runtime/Settings"
import { SettingsInvalid } from "@saucier/runtime/SettingsInvalid"
import * as WatchedHttpClient from "@saucier/runtime/WatchedHttpClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"

const missing = new SettingsInvalid({
  problems: [{
    key: "SAUCIER_PROVIDER_URL",
    rule:
      "must be the address of the payment provider: services in processes of their own have no stand-in inside",
    value: "",
    source: "default"
  }]
})

export const at = (url: string) => PaymentProviderHttp.layer(url).pipe(Layer.provide(WatchedHttpClient.layer))

export const layer = Layer.unwrapEffect(
  Effect.flatMap(Settings, ({ providerUrl }) =>
    Option.match(providerUrl, {
      onNone: () => missing,
      onSome: (url) => Effect.succeed(at(url))
    }))
)

/** A real bank does not behave as it is told. */
export const presets = Layer.unwrapEffect(
  Effect.map(Settings, ({ providerControlUrl }) =>
    Option.match(providerControlUrl, {
      onNone: () => ProviderPresetsHttp.layerNone,
      onSome: ProviderPresetsHttp.layer
    }))
).pipe(Layer.provide(NodeHttpClient.layerUndici))
