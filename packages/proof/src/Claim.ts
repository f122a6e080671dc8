/** A row of what the system must show, and the trial that shows it. */
import type * as Effect from "effect/Effect"
import type { Scope } from "effect/Scope"
import type { Broken } from "./Broken.ts"
import type { ClaimId } from "./ClaimTextsEn.ts"
import type { Finding } from "./Finding.ts"
import type { Program } from "./Program.ts"

export type Trial = Effect.Effect<Finding, Broken, Program | Scope>

/** `alone`: its figures are of time. */
export type Pace = "beside" | "alone"

export interface Claim<in System> {
  readonly id: ClaimId
  /** Tried in a quick run, too. */
  readonly quick: boolean
  /** How it goes with what is tried at the same time. */
  readonly pace: Pace
  readonly trial: (system: System) => Trial
}

export const make = <System>(
  id: ClaimId,
  trial: (system: System) => Trial,
  { pace = "beside", quick = true }: { readonly quick?: boolean; readonly pace?: Pace } = {}
): Claim<System> => ({ id, quick, pace, trial })

/** A trial whose system is already chosen, or could not be had. */
export interface Tryable extends Omit<Claim<never>, "trial"> {
  readonly trial: Trial
}

/** Claims that are tried one after the other on one system, which is started once. */
export interface Stage {
  readonly claims: ReadonlyArray<Omit<Claim<never>, "trial">>
  readonly start: Effect.Effect<ReadonlyArray<Tryable>, Broken, Program | Scope>
}

/** Stages one after the other. Lanes go side by side. */
export type Lane = ReadonlyArray<Stage>
