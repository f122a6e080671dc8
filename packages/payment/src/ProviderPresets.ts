/** How the stand-in provider behaves, and the port that switches it while it runs. A real provider has no such thing. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { ProviderFailure } from "./PaymentProvider.ts"

export const presets = [
  "instant",
  "healthy",
  "seed",
  "brownout",
  "slow",
  "down",
  "decline",
  "hang",
  "lost-reply",
  "duplicate-webhook"
] as const

export const Preset = Schema.Literal(...presets).annotations({
  identifier: "ProviderPreset",
  message: () => ({ message: `must be one of ${presets.join(", ")}`, override: true })
})
export type Preset = typeof Preset.Type

const rateRule = "must be a share of the charges, from 0 to 1"
const Rate = Schema.Number.annotations({ message: () => rateRule }).pipe(
  Schema.between(0, 1, { message: () => rateRule })
)

/** `lostReplyRate`: of how many charges the connection breaks after the capture, whatever the preset. */
export const Behaviour = Schema.Struct({
  preset: Preset,
  lostReplyRate: Schema.optionalWith(Rate, { default: () => 0 })
}).annotations({ identifier: "ProviderBehaviour" })
export type Behaviour = typeof Behaviour.Type

export class ProviderPresets extends Context.Tag("@saucier/payment/ProviderPresets")<ProviderPresets, {
  readonly get: Effect.Effect<Behaviour, ProviderFailure>
  readonly set: (behaviour: Behaviour) => Effect.Effect<void, ProviderFailure>
}>() {}
