/** The payment provider by its settings: the one at an address, or the stand-in in this process. */
import * as RemoteProvider from "@saucier/assembly/RemoteProvider"
import * as LedgerPages from "@saucier/provider/LedgerPages"
import * as Presets from "@saucier/provider/Presets"
import * as StandIn from "@saucier/provider/StandIn"
import * as Database from "@saucier/runtime/Database"
import { Settings } from "@saucier/runtime/Settings"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as InProcessWebhooks from "./InProcessWebhooks.ts"

/** What switches the stand-in's behaviour; a provider at an address has its own controls, or none. */
export const presets = Layer.unwrapEffect(
  Effect.map(
    Settings,
    ({ providerPreset, providerUrl }) =>
      Option.isNone(providerUrl) ? Presets.layer(providerPreset) : RemoteProvider.presets
  )
)

const standIn = Layer.merge(StandIn.layer, LedgerPages.layer).pipe(
  Layer.provide(InProcessWebhooks.layer),
  Layer.provide([Database.provider, presets])
)

/** The provider as it is, with its statement. */
export const layer = Layer.unwrapEffect(
  Effect.map(
    Settings,
    ({ providerUrl }) => Option.isNone(providerUrl) ? standIn : RemoteProvider.at(providerUrl.value)
  )
)
