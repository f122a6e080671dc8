import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { stackless } from "./Stackless.ts"

/** The provider did not answer in time. It may still act on the call: the outcome is unknown, not negative. */
export class AttemptTimeout extends Schema.TaggedError<AttemptTimeout>()("AttemptTimeout", {
  after: Schema.DurationFromMillis
}) {
  override get message() {
    return `No answer within ${Duration.format(this.after)}`
  }
}

/** Gives up on one attempt. It belongs inside the breaker, which takes the timeout for a failure of the provider. */
export const attemptTimeout =
  (duration: Duration.Duration) =>
  <A, E, R>(call: Effect.Effect<A, E, R>): Effect.Effect<A, E | AttemptTimeout, R> =>
    Effect.timeoutFail(call, {
      duration,
      onTimeout: () => stackless(() => new AttemptTimeout({ after: duration }))
    })
