/** How the stand-in provider behaves; switchable while it runs. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as Schema from "effect/Schema"

/**
 * - `instant` answers in 0 ms; for benchmarks
 * - `healthy` in 100 to 700 ms, `seed` in 400 to 700 ms
 * - `decline` refuses every card at once
 * - `down` refuses the connection
 */
export const Preset = Schema.Literal("instant", "healthy", "seed", "decline", "down")
export type Preset = typeof Preset.Type

/** From and to, in milliseconds. */
export const latency: Readonly<Record<Preset, readonly [number, number]>> = {
  instant: [0, 0],
  healthy: [100, 700],
  seed: [400, 700],
  decline: [0, 0],
  down: [0, 0]
}

export class ProviderPreset
  extends Context.Tag("@saucier/provider/Preset")<ProviderPreset, Ref.Ref<Preset>>()
{
  static readonly layer = (preset: Preset) =>
    Layer.effect(ProviderPreset, Effect.suspend(() => Ref.make(preset)))
}
