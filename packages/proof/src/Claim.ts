/** A row of what the system must show, and the trial that shows it. */
import type * as Effect from "effect/Effect"
import type { Scope } from "effect/Scope"
import type { Broken } from "./Broken.ts"
import type { ClaimId } from "./ClaimTextsEn.ts"
import type { Finding } from "./Finding.ts"
import type { Program } from "./Program.ts"

export type Trial = Effect.Effect<Finding, Broken, Program | Scope>

export interface Claim<in System> {
  readonly id: ClaimId
  /** Tried in a quick run, too. */
  readonly quick: boolean
  readonly trial: (system: System) => Trial
}

export const make = <System>(
  id: ClaimId,
  trial: (system: System) => Trial,
  options: { readonly quick?: boolean } = {}
): Claim<System> => ({ id, quick: options.quick ?? true, trial })

/** A trial whose system is already chosen, or could not be had. */
export interface Tryable {
  readonly id: ClaimId
  readonly quick: boolean
  readonly trial: Trial
}

/** Claims that are tried one after the other on one system, which is started once. */
export interface Stage {
  readonly claims: ReadonlyArray<Pick<Claim<never>, "id" | "quick">>
  readonly start: Effect.Effect<ReadonlyArray<Tryable>, Broken, Program | Scope>
}
