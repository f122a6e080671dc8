import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"

/** The time for the whole request is up. Whether the call had its effect is not known. */
export class DeadlineExceeded extends Schema.TaggedError<DeadlineExceeded>()("DeadlineExceeded", {
  within: Schema.DurationFromMillis
}) {
  override get message() {
    return `Not done within ${Duration.format(this.within)}`
  }
}
