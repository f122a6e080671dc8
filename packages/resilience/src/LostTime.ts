import * as Context from "effect/Context"

/**
 * How long this process has stood still since it started, in nanoseconds: time in which an answer may lie unread, and
 * which is therefore not the provider's. Nothing is lost unless somebody measures it.
 */
export class LostTime extends Context.Reference<LostTime>()("@saucier/resilience/LostTime", {
  defaultValue: () => (): number => 0
}) {}
