import * as Context from "effect/Context"
import * as Duration from "effect/Duration"

/** How patient the supervisor is. Tests are less patient than people. */
export class SupervisorTiming extends Context.Reference<SupervisorTiming>()(
  "@saucier/app-saucier/SupervisorTiming",
  {
    defaultValue: () => ({
      /** Between two looks at a process that is ready. */
      look: Duration.seconds(1),
      /** Between two looks at one that is not. */
      lookForReady: Duration.millis(200),
      /** Between two readings of its metrics. */
      read: Duration.seconds(2),
      /** So many looks in a row without an answer, and it hangs. An answer takes up to a second. */
      silentLooks: 10,
      /** A process that has never answered is given this long. */
      firstAnswer: Duration.minutes(1),
      /** What rolling and scaling wait for a new process. */
      getReady: Duration.minutes(2),
      /** From SIGTERM to SIGKILL. */
      grace: Duration.seconds(20),
      /**
       * The pause before the first restart; twice as long each time that it has not become ready, up to the longest. One that
       * ends because it lacks what it depends on, such as its database, must not miss its return for longer than the wait.
       */
      firstPause: Duration.millis(500),
      longestPause: Duration.seconds(30),
      longestWait: Duration.seconds(4),
      /** After so long a process counts as well, and its next restart as the first. */
      ranWell: Duration.seconds(30),
      /** Scaling decides so often, by what it has heard over the time before. */
      scale: Duration.seconds(5),
      measure: Duration.seconds(15)
    })
  }
) {}
export type Timing = SupervisorTiming["Type"]
