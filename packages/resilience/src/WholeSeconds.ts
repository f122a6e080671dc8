import * as Duration from "effect/Duration"

/** As people read it: `22s`, rounded up. */
export const wholeSeconds = (duration: Duration.Duration): string =>
  Duration.format(Duration.seconds(Math.ceil(Duration.toSeconds(duration))))
