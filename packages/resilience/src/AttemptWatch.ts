import * as Context from "effect/Context"

/**
 * What a transport tells of the attempt that it carries: what lies between is the provider's time, and the turns that this
 * process takes before and after are not.
 */
export interface Watch {
  /** The request is handed over, before there is a connection. */
  readonly leaves: () => void
  /** The answer begins. */
  readonly comes: () => void
}

/** Who is to be told. A transport that tells nothing is measured from outside. */
export class AttemptWatch extends Context.Reference<AttemptWatch>()("@saucier/resilience/AttemptWatch", {
  defaultValue: (): Watch | undefined => undefined
}) {}
