import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { PulseBoardEntity } from "./PulseBoardEntity.ts"
import * as PulseRing from "./PulseRing.ts"
import * as PulseSecond from "./PulseSecond.ts"

/** The ring outlives the actor's naps. When its process dies, the gateways tell the next one all they have. */
export const PulseBoardEntityLive = PulseBoardEntity.toLayer(
  Effect.map(PulseRing.PulseRing, (ring) =>
    PulseBoardEntity.of({
      Record: ({ payload: { after, gateway, seconds } }) =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          if (ring.knownOf(gateway) >= after) ring.record(gateway, seconds, now)
          return ring.knownOf(gateway)
        }),
      Read: ({ payload: { after } }) =>
        Effect.map(Clock.currentTimeMillis, (now) => ring.between(after, PulseSecond.secondOf(now) - 1000))
    })),
  { concurrency: "unbounded" }
).pipe(Layer.provide(PulseRing.layer))
