import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { ReconciliationEntity } from "./ReconciliationEntity.ts"
import * as ReconciliationRun from "./ReconciliationRun.ts"

/** What it knows outlives the actor's naps, and is lost with its process: the logs are there to compare again. */
export const ReconciliationEntityLive = ReconciliationEntity.toLayer(
  Effect.map(
    ReconciliationRun.ReconciliationRun,
    ({ start, status }) => ReconciliationEntity.of({ Start: () => start, Status: () => status })
  ),
  { concurrency: "unbounded" }
).pipe(Layer.provide(ReconciliationRun.layer))
