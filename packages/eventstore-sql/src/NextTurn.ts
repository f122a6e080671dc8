import * as Context from "effect/Context"
import * as Effect from "effect/Effect"

/**
 * One turn of the event loop: requests that have arrived get to their appends meanwhile, and share the commit that
 * would otherwise block them. A simulated world, which has no event loop, replaces it.
 */
export class NextTurn extends Context.Reference<NextTurn>()("@saucier/eventstore-sql/NextTurn", {
  defaultValue: (): Effect.Effect<void> =>
    Effect.async<void>((resume) => {
      const immediate = setImmediate(() => resume(Effect.void))
      return Effect.sync(() => clearImmediate(immediate))
    })
}) {}
