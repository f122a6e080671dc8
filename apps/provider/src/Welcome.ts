import { ProviderPresets } from "@saucier/payment/ProviderPresets"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { BankListener } from "./BankListener.ts"
import { ControlListener } from "./ControlListener.ts"

/** Says where it listens, once it does. */
export const layer = Layer.effectDiscard(Effect.gen(function*() {
  const bank = yield* BankListener
  const control = yield* ControlListener
  const { preset } = yield* (yield* ProviderPresets).get
  yield* Console.log([
    "The stand-in payment provider is open.",
    `  charges:  ${bank.url}`,
    `  controls: ${control.url} (preset ${preset})`,
    "",
    "Let Saucier use it:",
    `  SAUCIER_PROVIDER_URL=${bank.url} SAUCIER_PROVIDER_CONTROL_URL=${control.url} pnpm start`
  ].join("\n"))
}))
