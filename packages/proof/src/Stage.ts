import * as Effect from "effect/Effect"
import type { Scope } from "effect/Scope"
import type { Broken } from "./Broken.ts"
import type { Claim, Stage } from "./Claim.ts"
import type { Program } from "./Program.ts"

/** A system, and the claims that are tried on it in this order. */
export const make = <System>(
  system: Effect.Effect<System, Broken, Program | Scope>,
  claims: ReadonlyArray<Claim<System>>
): Stage => ({
  claims,
  start: Effect.map(
    system,
    (system) => claims.map((claim) => ({ ...claim, trial: claim.trial(system) }))
  )
})
