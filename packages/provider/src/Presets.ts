/** The stand-in's behaviour, kept in this process. */
import { type Behaviour, type Preset, ProviderPresets } from "@saucier/payment/ProviderPresets"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"

/** Milliseconds that the bank takes before it acts, from and to. What hangs has waited before it gets there. */
export const latency: Readonly<Record<Preset, readonly [number, number]>> = {
  "instant": [0, 0],
  "healthy": [100, 700],
  "seed": [400, 700],
  "brownout": [600, 900],
  "slow": [900, 1500],
  "down": [0, 0],
  "decline": [0, 0],
  "hang": [0, 0],
  "lost-reply": [100, 700],
  "duplicate-webhook": [100, 700]
}

export const layer = (preset: Preset, lostReplyRate = 0): Layer.Layer<ProviderPresets> =>
  Layer.effect(
    ProviderPresets,
    Effect.map(Ref.make<Behaviour>({ preset, lostReplyRate }), (behaviour) =>
      ProviderPresets.of({
        get: Ref.get(behaviour),
        set: (next) => Ref.set(behaviour, next)
      }))
  )
