import * as Context from "effect/Context"

/** False lets the power, not a crash, take the last commits back: for what is replayed anyway. */
export class Durable extends Context.Reference<Durable>()("@saucier/eventstore-sql/Durable", {
  defaultValue: () => true
}) {}
