import * as Context from "effect/Context"

/** Marks an endpoint that is asked again and again, so that its requests begin no traces of their own. */
export class Quiet extends Context.Reference<Quiet>()("@saucier/runtime/Quiet", {
  defaultValue: (): boolean => false
}) {}
