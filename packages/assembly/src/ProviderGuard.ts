import * as ProtectedProvider from "@saucier/payment/ProtectedProvider"
import * as LostTimeNode from "@saucier/runtime/LostTimeNode"
import * as ProviderResilience from "@saucier/runtime/ProviderResilience"
import * as Settings from "@saucier/runtime/Settings"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** The provider behind breaker, bulkhead and time limits, as they are set. */
export const layer = Layer.unwrapEffect(
  Effect.map(Settings.Settings, (settings) => ProtectedProvider.layer(ProviderResilience.make(settings)))
).pipe(Layer.provide(LostTimeNode.layer))
