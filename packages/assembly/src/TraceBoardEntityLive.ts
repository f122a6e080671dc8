import { TraceRing } from "@saucier/runtime/TraceRing"
import * as TraceRings from "@saucier/runtime/TraceRing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { TraceBoardEntity } from "./TraceBoardEntity.ts"

/** The ring outlives the actor's naps, and is lost with its process: it holds what is new, not what must be kept. */
export const TraceBoardEntityLive = TraceBoardEntity.toLayer(
  Effect.map(TraceRing, (ring) =>
    TraceBoardEntity.of({
      Record: ({ payload }) => Effect.sync(() => ring.record(payload)),
      Recent: ({ payload: { limit, orderId } }) =>
        Effect.sync(() => ({ traces: ring.recent(limit, orderId), logs: ring.logs(limit) })),
      Trace: ({ payload: { traceId } }) => Effect.sync(() => ring.trace(traceId) ?? null)
    })),
  { concurrency: "unbounded" }
).pipe(Layer.provide(TraceRings.layer))
