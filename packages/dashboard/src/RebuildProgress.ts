import * as Schema from "effect/Schema"

/** How a rebuild of the read model is getting on. `changed` counts the rows that came out otherwise than they were served. */
export const RebuildProgress = Schema.Struct({
  status: Schema.Literal("idle", "running", "done", "failed"),
  events: Schema.NonNegativeInt,
  changed: Schema.NonNegativeInt,
  millis: Schema.NonNegativeInt,
  detail: Schema.String
}).annotations({ identifier: "RebuildProgress" })
export type RebuildProgress = typeof RebuildProgress.Type
