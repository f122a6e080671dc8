import * as Schema from "effect/Schema"
import { StateName } from "./CircuitBreakerEvent.ts"
import { wholeSeconds } from "./WholeSeconds.ts"

/** The breaker refused: the provider was not called, so trying again after `retryAfter` is safe. */
export class CallNotPermitted extends Schema.TaggedError<CallNotPermitted>()("CallNotPermitted", {
  name: Schema.String,
  state: StateName,
  retryAfter: Schema.DurationFromMillis
}) {
  override get message() {
    return `${this.name} takes no calls while ${this.state}, retry after ${wholeSeconds(this.retryAfter)}`
  }
}
