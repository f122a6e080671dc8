import * as Schema from "effect/Schema"
import { wholeSeconds } from "./WholeSeconds.ts"

/** Too many calls at once: the provider was not called. `queue-full` at once, `wait-too-long` after waiting for a place. */
export class BulkheadFull extends Schema.TaggedError<BulkheadFull>()("BulkheadFull", {
  name: Schema.String,
  reason: Schema.Literal("queue-full", "wait-too-long"),
  retryAfter: Schema.DurationFromMillis
}) {
  override get message() {
    return `${this.name} is full (${this.reason}), retry after ${wholeSeconds(this.retryAfter)}`
  }
}
