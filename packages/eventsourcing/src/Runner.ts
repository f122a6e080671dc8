import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import { globalValue } from "effect/GlobalValue"
import * as Layer from "effect/Layer"

/** Which process appends, written beside its events for whoever asks later; null where nobody has given it a name. */
export const current: FiberRef.FiberRef<string | null> = globalValue(
  "@saucier/eventsourcing/Runner",
  () => FiberRef.unsafeMake<string | null>(null)
)

/** Names the process for all that is built on this layer. */
export const layer = (name: string): Layer.Layer<never> =>
  Layer.scopedDiscard(Effect.locallyScoped(current, name))
