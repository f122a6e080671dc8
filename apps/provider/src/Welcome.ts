import { ProviderPresets } from "@saucier/payment/ProviderPresets"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { BankDoor } from "./BankDoor.ts"
import { ControlDoor } from "./ControlDoor.ts"

/** Says where it listens, once it does. */
export const layer = Layer.effectDiscard(Effect.gen(function*() {
  const bank = yield* BankDoor
  const control = yield* ControlDoor
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
