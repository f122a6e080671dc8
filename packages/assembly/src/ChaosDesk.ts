import type { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Chaos, ChaosRequest } from "./Chaos.ts"
import type {
  ChaosBusy,
  ChaosFaultOver,
  ChaosNeedsCluster,
  ChaosNotPossible,
  ChaosOff
} from "./ChaosRejections.ts"

export type Refusal = ChaosOff | ChaosBusy | ChaosFaultOver | ChaosNeedsCluster | ChaosNotPossible

/** Port to whoever strikes, and outlives what is struck: this process, or the supervisor of it and others. */
export class ChaosDesk extends Context.Tag("@saucier/assembly/ChaosDesk")<ChaosDesk, {
  readonly state: Effect.Effect<Chaos, ChaosOff | ServiceUnavailable>
  readonly strike: (request: ChaosRequest) => Effect.Effect<Chaos, Refusal | ServiceUnavailable>
}>() {}
