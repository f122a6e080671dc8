import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { PCGRandom } from "effect/Utils"

export interface TelemetryIds {
  readonly traceId: () => string
  readonly spanId: () => string
}

const any = Random.nextIntBetween(0, 2 ** 31)

/** A generator of its own, seeded once: a tracer is asked for ids where no effect can run. */
export const make: Effect.Effect<TelemetryIds> = Effect.map(
  Effect.all([any, any, any, any]),
  ([a, b, c, d]) => {
    const random = new PCGRandom(a, b, c, d)
    const word = () => Math.floor(random.number() * 2 ** 32).toString(16).padStart(8, "0")
    return {
      traceId: () => word() + word() + word() + word(),
      spanId: () => word() + word()
    }
  }
)
