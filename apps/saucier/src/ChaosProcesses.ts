/** What the chaos desk can do to the processes of a system. */
import type { ServiceView, Strike } from "@saucier/assembly/Chaos"
import { ChaosNeedsCluster, type ChaosNotPossible } from "@saucier/assembly/ChaosRejections"
import * as Effect from "effect/Effect"
import type { Course } from "./ChaosFaults.ts"

export type ProcessStrike = Extract<Strike, { readonly service: unknown }>

export interface ChaosProcesses {
  readonly services: Effect.Effect<ReadonlyArray<ServiceView>>
  readonly course: (
    strike: ProcessStrike
  ) => Effect.Effect<Course<ChaosNotPossible>, ChaosNotPossible | ChaosNeedsCluster>
}

/** Everything is one process: nothing is left that could end what hit it. */
export const none: ChaosProcesses = {
  services: Effect.succeed([]),
  course: ({ kind }) => new ChaosNeedsCluster({ kind })
}
