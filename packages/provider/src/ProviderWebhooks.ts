import type { ProviderEvent } from "@saucier/payment/ProviderEvent"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"

/**
 * Port through which the bank tells others what has happened. `send` does not wait for anybody; what it promises is
 * nothing: a message may be lost. Unless a layer says otherwise, nobody is told.
 */
export class ProviderWebhooks
  extends Context.Reference<ProviderWebhooks>()("@saucier/provider/ProviderWebhooks", {
    defaultValue: (): { readonly send: (event: ProviderEvent) => Effect.Effect<void> } => ({
      send: () => Effect.void
    })
  })
{}
